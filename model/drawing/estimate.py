"""How much room text needs at most, reckoned without shaping it.

Card sizes must be known before any text is shaped: for thousands of cards at once, and where
there is no text engine at all (arranging during an import). The advances are those of Noto Sans
Bold, rounded up; scripts that we cannot reckon letter by letter count with a generous average.
Shaping later only fills the room that was reckoned here.
"""

from __future__ import annotations

from functools import lru_cache

_ADVANCES: tuple[tuple[int, str], ...] = (
    (310, " !,.:;¡·ijlìíîïĩīĭįıĵĺļľł'-"),
    (380, "()J[]`´Ifª²³¹ºÌÍÎÏĨĪĬĮİ‘’‚"),
    (460, "{}/\\_°rtŕŗřţťŧ"),
    (540, '"?§¿sz¯śŝşšźżžcçćĉċčF*“”„–'),
    (600, "ELS|¤¦ÈÉÊËĒĔĖĘĚ$+0123456789<=>TZ^vxy~¢£¥¬±×÷ýÿŢŤŸŹŻŽaeàáâãäåèéêëāăąēĕėęě"),
    (660, "PYkođo«»ÝÞðòóôõöøķĸōŏőŶ#CVbdghnpquñùúûüþĆĈĊČďđĝğġģĥńņňŋBKR"),
    (720, "XAÀÁÂÃÄÅßĀĂĄGĜĞĠĢ"),
    (760, "DÐĎĐ&HUÙÚÛÜĤĦŨŪŬŮŰŲ"),
    (860, "OQÑÒÓÔÕÖØŃŅŇŌŎŐNŊw©®¼¾½"),
    (1000, "M@%WÆŒmœæ—…"),
)
_TABLE = {ord(letter): advance / 1000 for advance, letters in _ADVANCES for letter in letters}
_OTHER = 0.72
_WIDE = 1.05
_SAFETY = 1.02


def _advance(letter: str) -> float:
    code = ord(letter)
    known = _TABLE.get(code)
    if known is not None:
        return known
    return _WIDE if 0x600 <= code <= 0x8FF or 0x1000 <= code <= 0x137F or code >= 0x2E80 else _OTHER


@lru_cache(maxsize=50_000)
def text_width(text: str, size: float) -> float:
    """The most that one line of the text may be wide, in project units."""
    return sum(map(_advance, text)) * size * _SAFETY


def line_count(text: str, size: float, room: float, limit: int = 99) -> int:
    """How many lines the text takes at most when broken at spaces to fit the room.

    Counting stops at `limit`; words wider than the room are broken anywhere.
    """
    lines, used = 1, 0.0
    space = text_width(" ", size)
    for word in text.split():
        width = text_width(word, size)
        if used and used + space + width <= room:
            used += space + width
            continue
        if used:
            lines += 1
        while width > room:
            width -= room
            lines += 1
        used = width
        if lines > limit:
            break
    return lines
