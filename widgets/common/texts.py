"""Small helps with texts in widgets."""

from __future__ import annotations

ROW_LENGTH = 44


def elided(text: str, length: int = ROW_LENGTH) -> str:
    """The text cut to a row; the whole of it belongs into tool tip and accessible name.

    An ampersand is doubled, because buttons would read it as a mnemonic.
    """
    cut = text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
    return cut.replace("&", "&&")
