"""What every command says and asks: plain lines or JSON on standard output, refusals on stderr."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that could steer a terminal or hide what stands there."""
_JOINERS = frozenset("‌‍")
"""Format characters that scripts such as Persian and Devanagari need."""


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command writes to; the streams are looked up late, so that tests can catch them."""

    json: bool = False
    error: TextIO = field(default_factory=lambda: sys.stderr)
    out: TextIO = field(default_factory=lambda: sys.stdout)

    def say(self, lines: Iterable[str], facts: object) -> None:
        """Write the result: lines for people, or the facts as JSON where that was asked for."""
        if self.json:
            text = msgspec.json.format(msgspec.json.encode(facts), indent=2).decode("utf-8")
            self.out.write(text + "\n")
            return
        for line in lines:
            self.out.write(printable(line) + "\n")

    def refuse(self, sentence: str) -> None:
        """Write why a command was declined, as one line."""
        self.error.write(printable(" ".join(sentence.split())) + "\n")


def printable(text: str) -> str:
    """The text with everything replaced that could steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if _is_harmless(char) else "\N{REPLACEMENT CHARACTER}" for char in text)


def _is_harmless(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in _HIDDEN
