from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.storage import bech32

# From BIP 173.
INVALID = [
    "\x201nwldj5",  # prefix letter out of range
    "pzry9x0s0muk",  # no separator
    "1pzry9x0s0muk",  # empty prefix
    "x1b4n0q5v",  # letter outside the alphabet
    "li1dgmt3",  # checksum too short
    "A1G7SGD8",  # checksum of the wrong case
    "a12UEL5L",  # mixed case
    "10a06t8",  # empty prefix
]


@pytest.mark.parametrize("text", ["A12UEL5L", "a12uel5l"])
def test_valid(text: str) -> None:
    assert bech32.decode(text) == ("a", b"")


@pytest.mark.parametrize("text", INVALID)
def test_invalid(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bech32.decode(text)


@given(st.binary(max_size=40))
def test_round_trip(data: bytes) -> None:
    assert bech32.decode(bech32.encode("age", data)) == ("age", data)


@given(st.binary(min_size=32, max_size=32), st.data())
def test_any_one_wrong_letter_is_noticed(data: bytes, draw: st.DataObject) -> None:
    text = bech32.encode("age", data)
    place = draw.draw(st.integers(4, len(text) - 1))
    letter = draw.draw(st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises(ValueError, match="checksum"):
            bech32.decode(changed)


def test_left_over_bits_must_be_zero() -> None:
    with pytest.raises(ValueError, match="padding"):
        bech32._regroup([1], 5, 8, pad=False)
    with pytest.raises(ValueError, match="padding"):
        bech32._regroup([0, 1], 5, 8, pad=False)
