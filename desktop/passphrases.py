"""Suggesting passphrases: words drawn at random from a list of 4,096, twelve bits each.

The list is made from the words that a language uses most (zxcvbn's count of the English
Wikipedia), so that they are easy to type and remember. Strength comes from the drawing alone: it
holds against somebody who knows the list.
"""

from __future__ import annotations

import secrets
from typing import Final

WORDS: Final = 4096
BITS_PER_WORD: Final = 12
USUAL_COUNT: Final = 6
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
