"""Arithmetic on colours written "#rrggbb" or "#rrggbbaa": mixing, opacity, contrast."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def channels(colour: str) -> tuple[float, float, float, float]:
    """Red, green, blue and opacity, each 0 to 1. Raises ValueError for anything else."""
    digits = colour[1:]
    if not colour.startswith("#") or len(digits) not in {6, 8}:
        raise ValueError(f"Not a colour like #rrggbb or #rrggbbaa: {colour!r}")
    values = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    red, green, blue = values[:3]
    return red, green, blue, values[3] if len(values) == 4 else 1.0


def faded(colour: str, opacity: float) -> str:
    """The colour at a fraction of its opacity."""
    alpha = channels(colour)[3] * opacity
    return f"{colour[:7]}{round(alpha * 255):02x}"


def mixed(colour: str, other: str, share: float) -> str:
    """The opaque colour that lies `share` (0 to 1) of the way to another one."""
    pairs = zip(channels(colour)[:3], channels(other)[:3], strict=True)
    return "#" + "".join(f"{round((a + (b - a) * share) * 255):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2, 0 (black) to 1 (white); opacity is ignored."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels(colour)[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2, 1 (none) to 21; text needs 4.5, graphics 3."""
    darker, lighter = sorted((luminance(colour), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
