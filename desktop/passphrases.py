"""Passphrases: which are strong enough, and suggestions of six random words.

Words are drawn from a list of 4,096, twelve bits each. The list is made from the words that a
language uses most (zxcvbn's count of the English Wikipedia), so that they are easy to type and
remember. Strength comes from the drawing alone: it holds against somebody who knows the list.
"""

from __future__ import annotations

import secrets
from typing import Final

from resources.text import tr

WORDS: Final = 4096
BITS_PER_WORD: Final = 12
USUAL_COUNT: Final = 6
MIN_LENGTH: Final = 10
MIN_STRENGTH: Final = 2
"""Below this, of 0 to 4, somebody who has the file finds the passphrase within hours."""
_MEASURED: Final = 72
"""Characters that are looked at; the time grows with the square of the length."""
_SHORTEST, _LONGEST = 4, 7


def word_list() -> list[str]:
    """The words, always the same ones in the same order."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - large, rarely needed

    fitting = (
        word
        for word in FREQUENCY_LISTS["english_wikipedia"]
        if _SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()
    )
    return list(dict.fromkeys(fitting))[:WORDS]


def suggest(count: int = USUAL_COUNT) -> tuple[str, int]:
    """A passphrase of so many words, and its strength in bits."""
    words = word_list()
    return " ".join(secrets.choice(words) for _ in range(count)), count * BITS_PER_WORD


def strength(text: str) -> int:
    """How hard a passphrase is to guess: 0 to 4."""
    if not text:
        return 0
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its word lists take a while to load

    return int(zxcvbn(text[:_MEASURED])["score"])


def weakness(text: str) -> str:
    """Why a new passphrase is not taken, in one sentence; empty where it is strong enough.

    The same rule holds in the window and on the command line.
    """
    if len(text) < MIN_LENGTH:
        return tr("Use at least {count} characters; several words are best.", count=MIN_LENGTH)
    if strength(text) < MIN_STRENGTH:
        return tr(
            "This passphrase is guessed within hours; take several words that do not belong "
            "together."
        )
    return ""
