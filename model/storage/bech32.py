"""Bech32 text of key material (BIP 173 without its length limit), as the age format uses it."""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import Final

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_FEEDBACK: Final = tuple(
    reduce(xor, (one for place, one in enumerate(_GENERATOR) if top >> place & 1), 0)
    for top in range(32)
)
_CHECKSUM_LENGTH: Final = 6


def encode(prefix: str, data: bytes) -> str:
    """Return the lower-case Bech32 text of the data under a lower-case prefix."""
    words = _regroup(data, 8, 5, pad=True)
    remainder = _polymod([*_expanded(prefix), *words, *([0] * _CHECKSUM_LENGTH)]) ^ 1
    checksum = [(remainder >> (5 * (5 - place))) & 31 for place in range(_CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(_ALPHABET[word] for word in [*words, *checksum])


def decode(text: str) -> tuple[str, bytes]:
    """Return the lower-case prefix and the data.

    Raises:
        ValueError: mixed case, an unknown letter, a wrong checksum or wrong padding bits.
    """
    if text not in {text.lower(), text.upper()}:
        raise ValueError("mixed case")
    text = text.lower()
    prefix, separator, rest = text.rpartition("1")
    if not (separator and prefix) or len(rest) < _CHECKSUM_LENGTH:
        raise ValueError("no prefix or no checksum")
    if not all(33 <= ord(letter) <= 126 for letter in prefix):
        raise ValueError("unprintable prefix")
    if not set(rest) <= _VALUES.keys():
        raise ValueError("letter outside the alphabet")
    words = [_VALUES[letter] for letter in rest]
    if _polymod([*_expanded(prefix), *words]) != 1:
        raise ValueError("wrong checksum")
    return prefix, bytes(_regroup(words[:-_CHECKSUM_LENGTH], 5, 8, pad=False))


def _expanded(prefix: str) -> list[int]:
    codes = prefix.encode("ascii")
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value ^ _FEEDBACK[top]
    return checksum


def _regroup(data: bytes | list[int], width: int, new_width: int, *, pad: bool) -> list[int]:
    """Repack groups of bits; without padding, left-over bits must be fewer than a group and 0."""
    held = bits = 0
    groups: list[int] = []
    for value in data:
        held = held << width | value
        bits += width
        while bits >= new_width:
            bits -= new_width
            groups.append(held >> bits)
            held &= (1 << bits) - 1
    if pad and bits:
        groups.append(held << (new_width - bits))
    elif not pad and (bits >= width or held):
        raise ValueError("wrong padding")
    return groups
