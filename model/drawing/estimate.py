"""How much room text needs at most, reckoned without shaping it.

Card sizes must be known before any text is shaped: for thousands of cards at once, and where
there is no text engine at all (arranging during an import). The advances are those of the Noto
Sans fonts, bold and rounded up: letter by letter for Latin and Arabic, whose letters are narrower
where they join the next one, and a little above the average of the script for others. Marks over
and under letters take no room. Shaping later only fills the room that was reckoned here.
"""

from __future__ import annotations

import re
import unicodedata
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
_ARABIC: tuple[tuple[int, int, str], ...] = (
    # At the end of a word; joined to the next letter as well (0: never is); letters.
    (400, 0, "اأإآٱٲٳ"),
    (470, 0, "ء"),
    (530, 0, "رزڑڒړڔڕږڗژڙ"),
    (580, 0, "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٪؟؛،۔٫٬"),
    (620, 0, "وؤۄۅۆۇۈۉۊۋۏ"),
    (660, 0, "دذةۀۃەڈډڊڋڌڍڎڏڐ"),
    (650, 640, "عغڠ"),
    (770, 660, "هھہۂ"),
    (750, 710, "م"),
    (840, 740, "جحخچځڂڃڄڅڇ"),
    (880, 430, "لڵڶڷڸ"),
    (880, 490, "نيىئیېێۑںڻ"),
    (930, 610, "ق"),
    (950, 850, "طظڟ"),
    (1060, 590, "كکگڭڪګڬڮڰڱڲڳڴ"),
    (1200, 610, "فڤڡڢڣڥڦ"),
    (1230, 490, "بتثپٹٺٻټٽٿڀ"),
    (1530, 1100, "سشصضښڛڜڝڞ"),
)
_SCRIPTS: tuple[tuple[int, int, float, float], ...] = (
    # First and last code, a letter, a vowel sign that stands beside its letter.
    (0x0370, 0x03FF, 0.70, 0.0),
    (0x0400, 0x052F, 0.72, 0.0),
    (0x0590, 0x05FF, 0.64, 0.0),
    (0x0600, 0x08FF, 0.88, 0.0),
    (0x0900, 0x097F, 0.80, 0.30),
    (0x0E00, 0x0E7F, 0.66, 0.0),
    (0x0E80, 0x0EFF, 0.72, 0.0),
    (0x1000, 0x109F, 1.00, 0.55),
    (0x1200, 0x139F, 0.88, 0.0),
    (0x1780, 0x17FF, 0.86, 0.80),
    (0x1E00, 0x1EFF, 0.66, 0.0),
)
_OTHER = 0.72
_WIDE = 1.05
_WIDE_FROM = 0x2E80
_SAFETY = 1.02
_NESTED = 0.9
"""Letters that stand alone or begin a word are narrower, and neighbours reach under each other."""
_SAVED = {
    letter: _NESTED * (alone - joined) / 1000
    for alone, joined, some in _ARABIC
    for letter in some
    if joined
}
_JOINED = re.compile(
    f"[{''.join(_SAVED)}](?=[\u064b-\u065f\u0670]*[\u0620\u0622-\u064a\u0671-\u06d3])"
)


class _Advances(dict[str, float]):
    """What one letter takes at most, as a share of the size; reckoned when first asked for."""

    def __missing__(self, letter: str) -> float:
        self[letter] = advance = _advance(letter)
        return advance


def _advance(letter: str) -> float:
    kind = unicodedata.category(letter)
    if kind in {"Mn", "Me", "Cf"}:
        return 0.0
    code = ord(letter)
    for first, last, wide, sign in _SCRIPTS:
        if first <= code <= last:
            return sign if kind == "Mc" else wide
    return _WIDE if code >= _WIDE_FROM else _OTHER


_TABLE = _Advances(
    {letter: advance / 1000 for advance, letters in _ADVANCES for letter in letters}
    | {letter: _NESTED * alone / 1000 for alone, _, letters in _ARABIC for letter in letters}
)


@lru_cache(maxsize=50_000)
def text_width(text: str, size: float) -> float:
    """The most that one line of the text may be wide, in project units."""
    wide = sum(map(_TABLE.__getitem__, text))
    if not text.isascii():
        wide -= sum(_SAVED[found] for found in _JOINED.findall(text))
    return wide * size * _SAFETY


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
