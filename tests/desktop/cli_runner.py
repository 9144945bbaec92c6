"""Runs the command line in this process, as tests of it need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from model.document import Content

PASSPHRASE = "seven quiet bridges over one river"
WORK_FACTOR = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line gave back."""

    code: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return msgspec.json.decode(self.out)


class Runner:
    """Runs commands in a folder of their own, with a passphrase file beside the projects."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        """Write the passphrase file."""
        self.folder = folder
        self._capture = capture
        self.secret = ("--passphrase-file", str(folder / "passphrase.txt"))
        (folder / "passphrase.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")

    def __call__(self, *arguments: str | Path) -> Outcome:
        """Run one command, exactly as given."""
        self._capture.readouterr()
        code = main([str(one) for one in arguments], work_factor=WORK_FACTOR)
        out, error = self._capture.readouterr()
        return Outcome(code, out, error)

    def sealed(self, *arguments: str | Path) -> Outcome:
        """Run one command with the passphrase file."""
        return self(*arguments, *self.secret)

    def refused(self, *arguments: str | Path) -> str:
        """Run a command that must be refused: one sentence, exit 1, nothing written."""
        before = listing(self.folder)
        outcome = self.sealed(*arguments)
        assert outcome.code == 1, outcome
        assert outcome.out == ""
        assert outcome.error.endswith(".\n"), outcome.error
        assert outcome.error.count("\n") == 1
        assert "Traceback" not in outcome.error
        assert listing(self.folder) == before
        return outcome.error.strip()

    def content(self, file: Path) -> Content:
        """The tables of a project file."""
        from desktop.cli.console import Console
        from desktop.cli.context import Context
        from model.storage.keys import Passphrase

        store = Context(Console(), WORK_FACTOR).store
        return store.open(file, Passphrase(PASSPHRASE)).content


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }
