"""How a word sounds, roughly, in any script: its consonants in Latin letters.

Moskva and Москва, Jamiat and جمعية, Mukti and मुक्ति have the same bones. That is no
transliteration and is never shown: it only lets a name be found that was typed in another script.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTER: Final = re.compile(r"(\w+) (?:(?:SMALL |CAPITAL )?LETTER|CONSONANT SIGN MEDIAL) (.+)")
_SPOKEN: Final = {
    "GREEK": "ALPHA BETA:b GAMMA:g DELTA:d EPSILON ZETA:z ETA THETA:t IOTA KAPPA:k LAMDA:l MU:m "
    "NU:n XI:ks OMICRON PI:p RHO:r SIGMA:s TAU:t UPSILON PHI:f CHI:k PSI:ps OMEGA",
    "ARABIC": "ALEF BEH:b TEH:t THEH:t JEEM:j HAH KHAH:k DAL:d THAL:d REH:r ZAIN:z SEEN:s SHEEN:s "
    "SAD:s DAD:d TAH:t ZAH:z AIN GHAIN:g FEH:f QAF:k KAF:k KEHEH:k LAM:l MEEM:m NOON:n HEH WAW:v "
    "YEH HAMZA PEH:p TCHEH:c JEH:j GAF:g",
    "HEBREW": "ALEF BET:b GIMEL:g DALET:d HE VAV:v ZAYIN:z HET TET:t YOD KAF:k LAMED:l MEM:m NUN:n "
    "SAMEKH:s AYIN PE:p TSADI:s QOF:k RESH:r SHIN:s TAV:t",
    "CYRILLIC": "YERU YERI HA:k TSE:s",
}
_SOUNDS: Final = {
    (script, name): sound
    for script, letters in _SPOKEN.items()
    for name, _, sound in (one.partition(":") for one in letters.split())
}
_SAME: Final = (("ph", "f"), ("x", "ks"), ("q", "k"), ("w", "v"), ("ck", "k"), ("ts", "s"))
_SILENT: Final = re.compile(r"[aeiouyh']")
_TWICE: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def bones(word: str) -> str:
    """The consonants of a folded word; "" where nothing of it is known."""
    letters = word if word.isascii() else "".join(map(_latin, word))
    for many, one in _SAME:
        letters = letters.replace(many, one)
    return _TWICE.sub(r"\1", _SILENT.sub("", letters))


@lru_cache(maxsize=4_096)
def _latin(char: str) -> str:
    if char.isascii():
        return char
    found = _LETTER.fullmatch(unicodedata.name(char, ""))
    if found is None:
        return ""
    script, name = found[1], found[2].removeprefix("FINAL ")
    first = name.split()[0]
    if (script, first) in _SOUNDS:
        return _SOUNDS[script, first]
    if script in {"GREEK", "ARABIC", "HEBREW"} or "SIGN" in name:
        return ""
    return name.split()[-1].lower()
