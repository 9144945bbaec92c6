from __future__ import annotations

import shutil
import subprocess

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from model.storage import padding
from model.storage.errors import Damaged, TooLarge

CAP = 1 << 20


@given(st.integers(0, 1 << 40))
def test_padme_is_at_least_the_size_and_at_most_an_eighth_more(size: int) -> None:
    padded = padding.padme(size)
    assert size <= padded <= size * 1.125
    assert padding.padme(padded) == padded


@pytest.mark.parametrize(
    ("size", "padded"), [(9, 10), (100, 104), (1000, 1024), (9000, 9216), (1_000_000, 1_015_808)]
)
def test_padme_figures(size: int, padded: int) -> None:
    assert padding.padme(size) == padded


@given(st.binary(max_size=30_000))
def test_round_trip(plain: bytes) -> None:
    packed = padding.pack(plain)
    assert padding.unpack(packed, CAP) == plain
    assert len(packed) >= padding.FLOOR
    assert padding.padme(len(packed)) == len(packed)


def test_large_content_with_several_blocks_and_workers() -> None:
    plain = b"".join(number.to_bytes(4, "big") for number in range(600_000))
    assert padding.unpack(padding.pack(plain), len(plain)) == plain


def test_small_contents_all_have_one_size() -> None:
    assert len({len(padding.pack(b"x" * size)) for size in range(0, 4000, 97)}) == 1


@pytest.mark.oracle
@pytest.mark.skipif(shutil.which("zstd") is None, reason="needs the zstd command")
def test_stock_zstd_ignores_the_padding() -> None:
    plain = b"mediation " * 5000
    done = subprocess.run(
        ["zstd", "-d"], input=padding.pack(plain), capture_output=True, check=True
    )
    assert done.stdout == plain


def test_bomb_is_refused_by_what_it_says() -> None:
    with pytest.raises(TooLarge):
        padding.unpack(padding.pack(bytes(CAP + 1)), CAP)


def test_frame_that_hides_its_size_is_refused() -> None:
    frame = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(CAP + 1))
    with pytest.raises(Damaged):
        padding.unpack(frame + b"\x50\x2a\x4d\x18\0\0\0\0", CAP)


@pytest.mark.parametrize("change", ["none", "text", "longer", "shorter", "not zeros", "no padding"])
def test_anything_else_is_damaged(change: str) -> None:
    packed = padding.pack(b"x" * 100)
    frame_end = padding._frame_end(packed)
    changed = {
        "none": b"",
        "text": b"{}",
        "longer": packed + b"\0",
        "shorter": packed[:-1],
        "not zeros": packed[:-1] + b"\1",
        "no padding": packed[:frame_end],
    }[change]
    with pytest.raises(Damaged):
        padding.unpack(changed, CAP)
