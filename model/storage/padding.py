"""Compression and padding of the plaintext body, so that its size tells little about it.

A padded body is one zstd frame and one zstd skippable frame of zeros; ``zstd -d`` ignores the
latter. Sizes follow Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
Communication with PURBs", 2019): at most 12 % more, and few possible sizes.
"""

from __future__ import annotations

from typing import Final

import zstandard

from model.storage.errors import Damaged, TooLarge
from resources.text import tr

LEVEL: Final = 3
FLOOR: Final = 8 * 1024
"""No padded body is smaller, in bytes: all small projects look alike."""

_LARGE: Final = 1024 * 1024
_WORKERS: Final = 2
_SKIPPABLE: Final = (0x184D2A50).to_bytes(4, "little")
_SKIPPABLE_HEADER: Final = 8
_BLOCK_HEADER: Final = 3
_RLE_BLOCK: Final = 1
_CHECKSUM: Final = 4


def padme(size: int) -> int:
    """Return the smallest Padmé size that holds the given size, in bytes."""
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << max(0, free_bits)) - 1
    return (size + mask) & ~mask


def pack(plain: bytes) -> bytes:
    """Compress and pad; always ends in a skippable frame."""
    workers = _WORKERS if len(plain) > _LARGE else 0
    frame = zstandard.ZstdCompressor(LEVEL, threads=workers).compress(plain)
    target = max(FLOOR, padme(len(frame) + _SKIPPABLE_HEADER))
    zeros = target - len(frame) - _SKIPPABLE_HEADER
    return b"".join((frame, _SKIPPABLE, zeros.to_bytes(4, "little"), bytes(zeros)))


def unpack(packed: bytes, max_plain: int) -> bytes:
    """Undo `pack`.

    Raises:
        TooLarge: the frame says that it holds more than the cap; nothing is decompressed then.
        Damaged: not one zstd frame with a stated size, followed by one skippable frame of zeros.
    """
    try:
        size = zstandard.get_frame_parameters(packed).content_size
        end = _frame_end(packed)
        if size in {zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR}:
            raise _damaged()
        if size > max_plain:
            raise TooLarge(
                tr("it holds more data than any Crosstrack project can."), limit=max_plain
            )
        _check_padding(packed, end)
        return zstandard.ZstdDecompressor().decompress(packed[:end], max_output_size=max_plain)
    except zstandard.ZstdError:
        raise _damaged() from None


def _frame_end(packed: bytes) -> int:
    """Return where the first frame ends, by walking its block headers (RFC 8878, 3.1.1)."""
    position = zstandard.frame_header_size(packed)
    last = False
    while not last:
        header = packed[position : position + _BLOCK_HEADER]
        if len(header) < _BLOCK_HEADER:
            raise _damaged()
        word = int.from_bytes(header, "little")
        last = bool(word & 1)
        size = 1 if (word >> 1) & 3 == _RLE_BLOCK else word >> 3
        position += _BLOCK_HEADER + size
    if zstandard.get_frame_parameters(packed).has_checksum:
        position += _CHECKSUM
    return position


def _check_padding(packed: bytes, start: int) -> None:
    head = packed[start : start + _SKIPPABLE_HEADER]
    zeros = packed[start + _SKIPPABLE_HEADER :]
    if head != _SKIPPABLE + len(zeros).to_bytes(4, "little") or zeros.strip(b"\0"):
        raise _damaged()


def _damaged() -> Damaged:
    return Damaged(
        tr("the compressed content is damaged; take an undamaged copy."), part="compression"
    )
