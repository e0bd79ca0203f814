"""Finds the line on which each key of a TOML file stands.

Python's own reader gives a line for broken syntax only. This walks text that it has already accepted,
so it need not judge anything: it only keeps count of where it is.
"""

from __future__ import annotations

Path = tuple[str | int, ...]  # ("arms", 1, "share"): the key `share` of the second [[arms]]

_BLANK = " \t"
_BARE_END = ",]}#\n"
_QUOTES = ('"""', "'''", '"', "'")


def lines_of(text: str) -> dict[Path, int]:
    """The line of every table, key and array element, counted from 1; the whole file () is on line 1.

    ``text`` must be TOML that ``tomllib`` accepts; for anything else the lines mean nothing.
    """
    walker = _Walker(text.replace("\r\n", "\n"))
    walker.document()
    return walker.lines


class _Walker:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.lines: dict[Path, int] = {(): 1}
        self.counts: dict[Path, int] = {}  # how many entries each array of tables has so far

    def document(self) -> None:
        """Every header and every key, in order."""
        table: Path = ()
        while self.skip_space():
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Path:
        """``[a.b]`` or ``[[a.b]]``: the path that the keys below it belong to."""
        line = self.line
        is_array = self.text.startswith("[[", self.at)
        self.move(2 if is_array else 1)
        parts = self.key()
        path: Path = ()
        for part in parts[:-1]:
            path = self.entry((*path, part))
            self.lines.setdefault(path, line)  # a table that has no header of its own
        path = (*path, parts[-1])
        if is_array:
            self.lines.setdefault(path, line)
            self.counts[path] = self.counts.get(path, 0) + 1
        path = self.entry(path)
        self.lines[path] = line
        self.move(2 if is_array else 1)
        return path

    def entry(self, path: Path) -> Path:
        """The newest entry, where the path is an array of tables; else the path itself."""
        count = self.counts.get(path)
        return path if count is None else (*path, count - 1)

    def pair(self, table: Path) -> None:
        """``key = value``, at the top of a table or inside braces."""
        line = self.line
        path = table
        for part in self.key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.move(1)  # the equals sign
        self.value(path)

    def key(self) -> list[str]:
        """A key, which may be quoted and may have dots, up to what follows it."""
        parts: list[str] = []
        while True:
            self.skip_blank()
            quote = self.text[self.at]
            if quote in "\"'":
                start = self.at + 1
                self.string()
                parts.append(self.text[start : self.at - 1])
            else:
                start = self.at
                while self.text[self.at] not in ".=]" + _BLANK:
                    self.at += 1
                parts.append(self.text[start : self.at])
            self.skip_blank()
            if self.text[self.at] != ".":
                return parts
            self.move(1)

    def value(self, path: Path) -> None:
        """Step over one value, noting the elements and keys inside it."""
        self.skip_blank()
        self.lines.setdefault(path, self.line)
        first = self.text[self.at]
        if first == "[":
            self.array(path)
        elif first == "{":
            self.inline_table(path)
        elif first in "\"'":
            self.string()
        else:
            while self.at < len(self.text) and self.text[self.at] not in _BARE_END:
                self.at += 1

    def array(self, path: Path) -> None:
        self.move(1)
        index = 0
        while self.skip_space() and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.move(1)
                continue
            self.value((*path, index))
            index += 1
        self.move(1)

    def inline_table(self, path: Path) -> None:
        self.move(1)
        while self.skip_space() and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.move(1)
                continue
            self.pair(path)
        self.move(1)

    def string(self) -> None:
        """Step over a string of any of the four kinds."""
        quote = next(mark for mark in _QUOTES if self.text.startswith(mark, self.at))
        self.move(len(quote))
        while not self.text.startswith(quote, self.at):
            self.move(2 if quote[0] == '"' and self.text[self.at] == "\\" else 1)
        self.move(len(quote))
        while len(quote) == 3 and self.text.startswith(quote[0], self.at):
            self.move(1)  # up to two quotation marks may stand just inside the closing three

    def skip_blank(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in _BLANK:
            self.at += 1

    def skip_space(self) -> bool:
        """Step over blanks, line ends and comments; false at the end of the text."""
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif character in " \t\n":
                self.move(1)
            else:
                return True
        return False

    def move(self, count: int) -> None:
        """Step forward, counting line ends."""
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count
