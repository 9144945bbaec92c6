"""Colour by and size by: what a field or a measure says of each actor, as tones, words and sizes.

Colour never stands alone: every card that is coloured so also bears the value in words, and the
legend names all of them. Figures fall into few classes of about equally many actors.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, cast

import msgspec

from model.analysis.facts import Facts
from model.analysis.measures import MEASURES
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.codes import CODE_LISTS, TRACKS
from model.drawing.bands import home_track
from model.drawing.tones import CLASSES, UNKNOWN
from model.facets import FRESHNESS
from model.filtering import freshness, value_title
from model.timeline.wording import decimal_text
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from model.drawing.actor import CardContent
    from model.drawing.map_options import MapOptions
    from model.records import Actor, Stance
    from model.tables import Tables

MEASURE: Final = "measure:"
"""What the names of measures begin with, among fields."""
_LEAST, _MOST = 0.84, 1.26
"""How large cards are drawn whose figure is the least and the greatest."""
_AT_ONCE: Final = 1500
"""In larger projects a map that stays fluid leaves out what takes long to count."""
_QUICK: Final = frozenset({"partners"})
_FIELDS: Final[dict[str, tuple[str, str]]] = {
    "track": ("Track", "track"),
    "conflict_role": ("Conflict role", "conflict_role"),
    "level": ("Level", "level"),
    "stance": ("Stance", "stance"),
    "influence": ("Influence", "scale_0_4"),
    "reliability": ("Grade of the source", "source_reliability"),
    "freshness": ("Last seen or confirmed", ""),
    "tlp": ("TLP label", "tlp"),
}
_ORDERED: Final = frozenset({"influence", "reliability", "freshness"})
_SIZES: Final = ("influence",)


class Shade(msgspec.Struct, frozen=True):
    """How one actor is shown: a tone, its value in words, and its place in the legend."""

    tone: str
    words: str
    entry: str
    rank: int


class Shading(msgspec.Struct, frozen=True):
    """How all actors are shown.

    Attributes:
        colour_title, size_title: what colours and sizes mean; "" for nothing.
        shades: by actor.
        sizes: by actor, 1 for as large as otherwise.
        bounds: the least and the greatest figure among the sizes.
        is_measured: whether any of it is reckoned from who is linked with whom.
    """

    colour_title: str = ""
    size_title: str = ""
    shades: dict[str, Shade] = {}
    sizes: dict[str, float] = {}
    bounds: tuple[float, float] = (0.0, 0.0)
    is_measured: bool = False

    def apply(self, actor_id: str, content: CardContent) -> CardContent:
        """A card's content with its tone, its value in words and its size."""
        shade, size = self.shades.get(actor_id), self.sizes.get(actor_id, 1.0)
        if shade is not None:
            content = msgspec.structs.replace(content, tone=shade.tone, tag=shade.words)
        return content if size == 1.0 else msgspec.structs.replace(content, grow=size)


class Shades:
    """The shading of a scene, kept up to date.

    Attributes:
        now: how actors are shown.
        beside: whether measures are reckoned elsewhere and brought with `take`; until then the
            last shading stays.
        is_due: whether a measure is to be reckoned.
    """

    def __init__(self) -> None:
        """Show everything as always."""
        self.now = Shading()
        self.beside = False
        self.is_due = False
        self._brought: Shading | None = None

    def take(self, found: Shading) -> None:
        """Show this when the scene is brought up to date next."""
        self._brought = found

    def renew(self, tables: Tables, as_of: date, options: MapOptions) -> set[str]:
        """Take over tables, day and choice; returns the actors that look different now."""
        before, brought = self.now, self._brought
        self._brought, self.is_due = None, False
        if options.colour_by or options.size_by:
            if self.beside and is_measured(options):
                self.is_due = brought is None
                self.now = brought or before
            else:
                self.now = shading(tables, as_of, options.colour_by, options.size_by)
        elif before.colour_title or before.size_title:
            self.now = Shading()
        else:
            return set()
        now = self.now
        return {
            i
            for i in {*before.shades, *now.shades, *before.sizes, *now.sizes}
            if before.shades.get(i) != now.shades.get(i) or before.sizes.get(i) != now.sizes.get(i)
        }


def is_measured(options: MapOptions) -> bool:
    """Whether colours or sizes follow a measure, which may take long to reckon."""
    return options.colour_by.startswith(MEASURE) or options.size_by.startswith(MEASURE)


def colour_choices(tables: Tables) -> dict[str, str]:
    """What cards can be coloured by, with titles; the first is by kind, as always."""
    fields = {name: tr(title) for name, (title, _list) in _FIELDS.items()}
    return {"": tr("Kind"), **fields, **_measures(tables)}


def size_choices(tables: Tables) -> dict[str, str]:
    """What the size of cards can follow, with titles; the first is the size of their words."""
    fields = {name: tr(_FIELDS[name][0]) for name in _SIZES}
    return {"": tr("Words"), **fields, **_measures(tables)}


def _measures(tables: Tables) -> dict[str, str]:
    few = len(tables.actors) <= _AT_ONCE
    return {
        MEASURE + key: measure.title
        for key, measure in MEASURES.items()
        if not measure.is_label and (few or key in _QUICK)
    }


def shading(tables: Tables, as_of: date, colour_by: str, size_by: str) -> Shading:
    """How the actors are shown on a day; what is not known by these names changes nothing."""
    colours, sizes = colour_choices(tables), size_choices(tables)
    chosen = {colour_by if colour_by in colours else "", size_by if size_by in sizes else ""}
    found = Shading(is_measured=any(name.startswith(MEASURE) for name in chosen))
    if colour_by and colour_by in colours:
        found = msgspec.structs.replace(
            found, colour_title=colours[colour_by], shades=_shades(tables, as_of, colour_by)
        )
    if size_by and size_by in sizes:
        figures = _figures(tables, as_of, size_by)
        most, least = max(figures.values(), default=0.0), min(figures.values(), default=0.0)
        found = msgspec.structs.replace(
            found,
            size_title=sizes[size_by],
            # Where nobody has any there is nothing to compare.
            sizes={i: size_factor(value / most) for i, value in figures.items()} if most else {},
            bounds=(least, most),
        )
    return found


def size_factor(share: float) -> float:
    """How large a card is whose figure is such a share of the greatest."""
    return round(_LEAST + (_MOST - _LEAST) * math.sqrt(max(0.0, share)), 2)


def figure_text(value: float) -> str:
    """A figure as it stands on a card."""
    return f"{value:.0f}" if value == round(value) or value >= 10 else decimal_text(value)


def _shades(tables: Tables, as_of: date, name: str) -> dict[str, Shade]:
    if name.startswith(MEASURE):
        return _classes(_figures(tables, as_of, name))
    if name == "freshness":
        return {
            i: _shade(
                list(FRESHNESS),
                freshness(actor.seen_on, as_of),
                lambda code: value_title(tables, "freshness", code),
                ordered=True,
            )
            for i, actor in tables.actors.items()
        }
    codes = CODE_LISTS[_FIELDS[name][1]]
    latest = _latest_stances(tables) if name in {"stance", "influence"} else {}

    def words(code: str) -> str:
        return _track_words(tables, code) if name == "track" else codes.label(code)

    known = [code for code in codes.codes if code != UNKNOWN]
    return {
        i: _shade(known, _value(actor, name, latest), words, ordered=name in _ORDERED)
        for i, actor in tables.actors.items()
    }


def _value(actor: Actor, name: str, stances: Mapping[str, Stance]) -> str:
    if name == "track":
        return home_track(actor.tracks)
    if name in {"stance", "influence"}:
        stance = stances.get(actor.id)
        return UNKNOWN if stance is None else str(getattr(stance, name))
    return str(getattr(actor, name))


def _shade(known: list[str], code: str, words: Callable[[str], str], *, ordered: bool) -> Shade:
    said = words(code)
    if code not in known:
        return Shade(UNKNOWN, said, said, len(known))
    rank = known.index(code)
    tone = f"n{rank}"
    if ordered:
        tone = f"s{round(CLASSES * rank / max(1, len(known) - 1))}"
    return Shade(tone, said, said, rank)


def _latest_stances(tables: Tables) -> dict[str, Stance]:
    """The stance of each actor that was noted last, as the team sees it."""
    found: dict[str, Stance] = {}
    stances = cast("Mapping[str, Stance]", tables.table("stances"))
    for stance in stances.values():
        before = found.get(stance.actor_id)
        if before is None or _noted(stance) >= _noted(before):
            found[stance.actor_id] = stance
    return found


def _noted(stance: Stance) -> tuple[bool, str]:
    day = stance.date.stated_first() if stance.date is not None else None
    return (not stance.view_of, day.isoformat() if day is not None else "")


def _track_words(tables: Tables, code: str) -> str:
    record = tables.tracks.get(code)
    return (record.name if record is not None else "") or TRACKS.label(code)


def _figures(tables: Tables, as_of: date, name: str) -> dict[str, float]:
    if not name.startswith(MEASURE):
        stances = _latest_stances(tables)
        values = {i: _value(a, name, stances) for i, a in tables.actors.items()}
        return {i: float(value) for i, value in values.items() if value.isdigit()}
    facts = Facts(tables, as_of, DEFAULT_THRESHOLDS)
    return dict(MEASURES[name.removeprefix(MEASURE)].figures(facts, None))


def _classes(figures: Mapping[str, float]) -> dict[str, Shade]:
    """Figures in classes of about equally many actors; nothing has a class of its own."""
    rising = sorted({value for value in figures.values() if value > 0})
    borders = (
        [rising[round(at * (len(rising) - 1) / CLASSES)] for at in range(CLASSES + 1)]
        if rising
        else []
    )
    found = {}
    for actor_id, value in figures.items():
        words = figure_text(value)
        if value <= 0:
            found[actor_id] = Shade("s0", words, tr("none"), 0)
            continue
        rank = next((at for at in range(1, CLASSES) if value <= borders[at]), CLASSES)
        low = borders[rank - 1] if rank == 1 else next(v for v in rising if v > borders[rank - 1])
        span = " – ".join(dict.fromkeys((figure_text(low), figure_text(borders[rank]))))
        found[actor_id] = Shade(f"s{rank}", words, span, rank)
    return found
