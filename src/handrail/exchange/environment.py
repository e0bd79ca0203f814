"""What the environment says, each setting by name and kind. Odd values stop with advice, all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from handrail.domain.refusal import BadFile
from handrail.exchange.notify import NotifyKey, read_key
from handrail.exchange.protocol_sheet import KeyFault, shown

YES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
POSTGRESQL = ("postgresql", "postgres")

KEY_FORM = "Copy it whole, as Notify shows it: a name, the service's id and the secret"


class Environment:
    """The variables that Handrail looks at. Ask for each, then call :meth:`finish`."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.faults: list[KeyFault] = []

    def text(self, name: str, otherwise: str = "") -> str:
        """A text without control characters."""
        value = self.variables.get(name, "")
        if not value.isprintable():
            return self._odd(name, "plain text", value, "Take out the control characters") or otherwise
        return value or otherwise

    def folder(self, name: str, otherwise: Path) -> Path:
        """A folder, which need not exist yet; never a relative one, which would move with the caller."""
        value = self.text(name)
        if not value:
            return otherwise
        path = Path(value).expanduser()
        if path.exists() and not path.is_dir():
            self._odd(name, "a folder", value, "A file stands there: name a folder")
        return Path.cwd() / path

    def file(self, name: str, otherwise: Path) -> Path:
        """A file, which need not exist yet."""
        value = self.text(name)
        path = Path.cwd() / Path(value).expanduser() if value else otherwise
        if value and path.is_dir():
            self._odd(name, "a file", value, "A folder stands there: name a file in it")
        return path

    def flag(self, name: str) -> bool:
        """Yes or no; no when it is not set."""
        value = self.text(name).strip().lower()
        if value not in YES:
            self._odd(name, "true or false", value, "Set it to true, or unset it")
        return YES.get(value, False)

    def postgresql(self, name: str, *, password: str) -> dict[str, object] | None:
        """A PostgreSQL address as Django wants it; None when it is not set.

        ``password`` (from a file) stands in for one in the address, which other programs may see.
        """
        value = self.text(name)
        if not value:
            return None
        try:
            address = urlsplit(value)
            port = address.port or 5432
        except ValueError:
            address, port = SplitResult("", "", "", "", ""), 0
        folder = parse_qs(address.query).get("host", [""])[0]  # a socket's folder: ?host=/run/postgresql
        host = address.hostname or folder
        database = unquote(address.path).lstrip("/")
        if address.scheme not in POSTGRESQL or not host or not database or "/" in database:
            hidden = re.sub(r"//.*@", "//…@", value)
            mend = "Write it like postgresql://handrail@localhost/handrail, or unset it to use SQLite"
            self._odd(name, "the address of a PostgreSQL database", hidden, mend)
            return None
        return {
            "NAME": database,
            "USER": unquote(address.username or ""),
            "PASSWORD": password or unquote(address.password or ""),
            "HOST": host,
            "PORT": str(port),
        }

    def secret(self, name: str) -> str:
        """A secret from the file that ``name`` points to; empty when it is not set."""
        value = self.text(name)
        if not value:
            return ""
        try:
            return Path(value).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return self._odd(
                name, "a file with a secret in it, as text", value, "Check its name and who may read it"
            )

    def notify_key(self, name: str) -> NotifyKey | None:
        """A key of GOV.UK Notify, from the file that ``name`` points to; None when it is not set."""
        value = self.secret(name)
        found = read_key(value)
        if value and found is None:
            self._odd(name, "a file with an API key of GOV.UK Notify", "a text of another form", KEY_FORM)
        return found

    def finish(self) -> None:
        """Stop if anything was odd.

        Raises:
            BadFile: with every odd value, and what to do about each.
        """
        if self.faults:
            raise BadFile(tuple(self.faults))

    def _odd(self, name: str, what: str, value: str, mend: str) -> str:
        self.faults.append(KeyFault("environment", 0, name, f"must be {what}; found {shown(value)}", mend))
        return ""
