"""The checkout as data, so that a house rule can be asked of it, or of a copy with a fault planted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "src/handrail"
TEMPLATE_ENDINGS = {".html", ".j2", ".jinja", ".njk", ".typ"}
NOT_OURS = {"node_modules", "var", "__pycache__", "build"}


@dataclass(frozen=True)
class Module:
    """One Python file: where it is, its text and its syntax tree."""

    path: Path
    root: Path

    @property
    def place(self) -> str:
        """Where it is, from the checkout, with forward slashes."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def in_package(self) -> str:
        """Where it is, from the package: ``domain/words.py``."""
        return self.place.removeprefix(PACKAGE + "/")

    @cached_property
    def text(self) -> str:
        """What the file says."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def syntax(self) -> ast.Module:
        """The file as a syntax tree."""
        return _parsed(self.text)

    def walk(self) -> Iterator[ast.AST]:
        """Every node of the syntax tree."""
        return iter(_nodes(self.text))


@dataclass(frozen=True)
class Tree:
    """A checkout, real or copied."""

    root: Path

    def python(self, *folders: str) -> list[Module]:
        """The Python files under folders of the package (all of it when none is named)."""
        places = [self.root / PACKAGE / folder for folder in folders or ("",)]
        return _modules(self.root, tuple(places))

    def tests(self) -> list[Module]:
        """The Python files of the tests."""
        return _modules(self.root, (self.root / "tests",))

    def templates(self) -> list[Path]:
        """The page and document templates of the package."""
        return self.files(PACKAGE, endings=TEMPLATE_ENDINGS)

    def files(self, folder: str = "", *, endings: set[str] | None = None) -> list[Path]:
        """Files under a folder of the checkout, less what is made or installed."""
        found = sorted(path for path in _walk(self.root / folder) if path.is_file())
        return [path for path in found if endings is None or path.suffix in endings]

    def place(self, path: Path) -> str:
        """Where a file is, from the checkout."""
        return path.relative_to(self.root).as_posix()


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and _is_ours(path):
            yield from _walk(path)
        elif path.is_file() and not path.name.startswith(".coverage"):
            yield path


def _is_ours(folder: Path) -> bool:
    is_hidden = folder.name.startswith(".") and folder.name != ".ci"
    return folder.name not in NOT_OURS and not is_hidden and not folder.is_symlink()


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def _nodes(text: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(_parsed(text)))


@lru_cache(maxsize=64)
def _modules(root: Path, places: tuple[Path, ...]) -> list[Module]:
    paths = {path for place in places for path in _walk(place) if path.suffix == ".py"}
    paths |= {place.with_suffix(".py") for place in places if place.with_suffix(".py").is_file()}
    return [Module(path, root) for path in sorted(paths)]


HOUSE = Tree(ROOT)


def functions(syntax: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a tree, nested ones and methods too."""
    return [node for node in ast.walk(syntax) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def called_name(call: ast.Call) -> str:
    """The last word of what is called: ``note`` for ``audit.actions.note(...)``."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def imported_names(node: ast.AST) -> list[str]:
    """The full names that an import statement brings in; none for any other node."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module or ''}.{alias.name}" for alias in node.names]
    return []
