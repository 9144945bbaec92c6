"""Where records say in free text what they rest on, gathered by what is cited.

People write "PA-X 2013-08-10; UCDP actor 185; start month from memory": two sources with a place in
each, and a remark. A pack lists every source once, with all the places that are cited of it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from resources.text import noted

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 44
"""Characters of what is cited; more is not a name but a sentence, and stays whole."""
_SHORT: Final = 4
"""Letters of words such as "of" and "from", which no name ends with."""
_PARTS: Final = re.compile(r";\s+")
_MONTH: Final = re.compile(
    r"(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(uary|ruary|ch|il|e|y|ust|t|tember|ober"
    r"|ember)?\.?$"
)
_DIGITS: Final = re.compile(r"(\d+)")


class Cited(msgspec.Struct):
    """One source as people cite it.

    Attributes:
        name: what is cited: "PA-X".
        places: where in it, and remarks, in natural order.
        uses: how many records of which tables name it.
    """

    name: str
    places: list[str] = msgspec.field(default_factory=list)
    uses: Counter[str] = msgspec.field(default_factory=Counter)


def gathered(references: Iterable[tuple[str, str]]) -> list[Cited]:
    """The sources that records cite, the most used first.

    Args:
        references: for every record its table and what it says.
    """
    found: dict[str, Cited] = {}
    for table, text in references:
        counted = set()
        for name, place in parts_of(text):
            cited = found.setdefault(name.casefold(), Cited(name))
            if place and place not in cited.places:
                cited.places.append(place)
            if cited.name not in counted:
                cited.uses[table] += 1
                counted.add(cited.name)
    for cited in found.values():
        cited.places.sort(key=_natural)
    return sorted(found.values(), key=lambda one: (-one.uses.total(), one.name.casefold()))


def parts_of(text: str) -> list[tuple[str, str]]:
    """What a reference cites, as (source, place in it or remark); remarks stay there."""
    found: list[tuple[str, str]] = []
    for part in filter(None, (one.strip() for one in _PARTS.split(text))):
        if found and _is_remark(part):
            name, place = found[-1]
            found[-1] = (name, noted(place, part) if place else part)
        else:
            found.append(_split(part))
    return found


def _is_remark(part: str) -> bool:
    first = part.split(maxsplit=1)[0]
    return first[:1].islower() and first.isalpha() and " " in part


def _split(part: str) -> tuple[str, str]:
    """A source and the place in it: what is cited ends before a number, a month or a bracket."""
    words = part.split()
    for at, word in enumerate(words[1:], 1):
        before = words[at - 1]
        if before.islower() and before.isalpha() and len(before) <= _SHORT:
            continue  # "Minutes of March" is one name
        if word[0] == "(" or any(map(str.isdigit, word)) or _MONTH.match(word.rstrip(",:")):
            name = " ".join(words[:at])
            break
        if before.endswith(":"):
            name = " ".join(words[:at])
            break
    else:
        name = part
    if len(name) > _LONGEST:
        return part, ""
    return name.rstrip(",:"), part[len(name) :].strip()


def _natural(text: str) -> list[tuple[int, str]]:
    return [(int(one), "") if one.isdigit() else (-1, one) for one in _DIGITS.split(text) if one]
