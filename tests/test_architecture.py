"""Rules of the code that neither the linter nor the type checker can say."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("desktop", "exporters", "model", "resources", "widgets")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EVERYTHING = [*SOURCES, *TESTS, ROOT / "dev.py"]

LONGEST_FILE = 450
LONGEST_FUNCTION = 60
# Tables of declarations, one entry after the other, which are easier to find in one file.
CATALOGUES = {"model/codes.py", "model/fields.py", "model/records.py"}
LONGEST_CATALOGUE = 600

LATE = {"fontTools", "igraph", "networkx", "openpyxl", "pandas", "pikepdf", "reportlab"}
NETWORK = {
    *("aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests"),
    *("smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser"),
    *("xmlrpc", "PySide6.QtNetwork", "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets"),
}
OFFLINE_PARTS = {"urllib.parse"}
THREAD_MAKERS = {
    *("QRunnable", "QThread", "QThreadPool", "Thread", "ThreadPool", "ThreadPoolExecutor"),
    *("Timer", "start_new_thread"),
}
MAY_MAKE_THREADS = {"desktop/tasks.py"}
# The worker process hands every error to its parent, without content.
MAY_CATCH_ALL = {
    "desktop/__main__.py",
    "desktop/diagnostics.py",
    "desktop/export_worker.py",
    "desktop/tasks.py",
}
MAY_PRINT = ("desktop/__main__.py", "desktop/command", "desktop/cli", "resources/build_", "dev.py")


def place(path: Path, node: ast.AST | None = None) -> str:
    """Return where something is, as editors understand it."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if isinstance(node, ast.stmt | ast.expr) else name


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def walk(paths: list[Path]) -> Iterator[tuple[Path, ast.AST]]:
    """Yield every node of every file."""
    for path in paths:
        for node in ast.walk(tree(path)):
            yield path, node


def imported(node: ast.AST) -> list[str]:
    """Return the full names that an import statement brings in; of others none."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def belongs(name: str, roots: set[str]) -> bool:
    """Return whether a dotted name is one of the roots or lies inside one."""
    return any(name == root or name.startswith(f"{root}.") for root in roots)


def at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported, without type checking blocks."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            continue
        yield statement
        for field in ("body", "orelse", "finalbody"):
            yield from at_import(getattr(statement, field, []))
        for handler in getattr(statement, "handlers", []):
            yield from at_import(handler.body)


def test_the_packages_are_all_there() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in SOURCES} == set(PACKAGES)


@pytest.mark.slow
def test_packages_import_only_what_lies_below_them() -> None:
    code = "from importlinter.cli import lint_imports_command as main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_slow_libraries_are_imported_where_they_are_needed() -> None:
    early = [
        f"{place(path, statement)} imports {name}"
        for path in SOURCES
        for statement in at_import(tree(path).body)
        for name in imported(statement)
        if belongs(name, LATE)
    ]
    assert early == []


def test_nothing_can_reach_the_network() -> None:
    found = [
        f"{place(path, node)} imports {name}"
        for path, node in walk(SOURCES)
        for name in imported(node)
        if belongs(name, NETWORK) and not belongs(name, OFFLINE_PARTS)
    ]
    assert found == []


def test_only_the_task_runner_makes_threads() -> None:
    found = [
        place(path, node)
        for path, node in walk(SOURCES)
        if place(path) not in MAY_MAKE_THREADS
        if (isinstance(node, ast.Attribute) and node.attr in THREAD_MAKERS)
        or any(name.rpartition(".")[2] in THREAD_MAKERS for name in imported(node))
    ]
    assert found == []


def test_nobody_reaches_into_the_tables_of_a_document() -> None:
    found = [
        place(path, node)
        for path, node in walk(SOURCES)
        if isinstance(node, ast.Attribute)
        and node.attr == "_tables"
        and not (isinstance(node.value, ast.Name) and node.value.id == "self")
    ]
    assert found == []


def test_files_are_short_enough_to_read() -> None:
    lengths = {
        place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in EVERYTHING
    }
    long = {
        name: lines
        for name, lines in lengths.items()
        if lines > (LONGEST_CATALOGUE if name in CATALOGUES else LONGEST_FILE)
    }
    assert long == {}


def test_functions_are_short_enough_to_read() -> None:
    long = {
        f"{place(path, node)} {node.name}": lines
        for path, node in walk(EVERYTHING)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_annotations_are_never_evaluated_at_import() -> None:
    missing = [
        place(path)
        for path in EVERYTHING
        if len(tree(path).body) > 1
        and not any(
            isinstance(node, ast.ImportFrom) and node.module == "__future__"
            for node in tree(path).body
        )
    ]
    assert missing == []


def test_every_module_says_what_it_owns() -> None:
    sources = [*SOURCES, ROOT / "dev.py"]
    assert [place(path) for path in sources if not ast.get_docstring(tree(path))] == []


def test_only_the_command_line_prints() -> None:
    found = [
        place(path, node)
        for path, node in walk(SOURCES)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and not place(path).startswith(MAY_PRINT)
    ]
    assert found == []


def test_errors_are_caught_by_name() -> None:
    found = [
        place(path, node.body[0])
        for path, node in walk(SOURCES)
        if isinstance(node, ast.ExceptHandler)
        and catches_all(node)
        and not passes_on(node)
        and place(path) not in MAY_CATCH_ALL
    ]
    assert found == []


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler takes every exception, alone or in a tuple."""
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        isinstance(each, ast.Name) and each.id in {"BaseException", "Exception"} for each in types
    )


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler only tidies up and raises the same exception again."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
