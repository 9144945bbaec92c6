"""Colour by and size by: what a field or a measure says of each actor, as tones, words and sizes.

Colour never stands alone: every card that is coloured so also bears the value in words, and the
legend names all of them. Figures fall into few classes of about equally many actors.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final, cast

import msgspec

from model.analysis.facts import Facts
from model.analysis.measures import MEASURES
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.asof import exists
from model.codes import CODE_LISTS, THIRD_PARTY_ROLES, TRACKS
from model.drawing.bands import home_track
from model.drawing.tones import CLASSES, DIFFERENT, UNKNOWN
from model.facets import FRESHNESS
from model.filtering import freshness, value_title
from model.timeline.wording import decimal_text
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from model.analysis.measures import Visible
    from model.drawing.actor import CardContent
    from model.drawing.map_options import MapOptions
    from model.records import Actor, Stance
    from model.tables import Tables

MEASURE: Final = "measure:"
"""What the names of measures begin with, among fields."""
ABOUT_ABSENCE: Final = frozenset({f"{MEASURE}cut_off"})
"""Measures that say who is the only way: a part of a project cannot tell."""
_LEAST, _MOST = 0.84, 1.26
"""How large cards are drawn whose figure is the least and the greatest."""
_LARGE: Final = 1500
"""In larger projects a map that stays fluid leaves out what takes seconds to count."""
_SLOW: Final = frozenset({"brokerage"})
_FIELDS: Final[dict[str, tuple[str, str]]] = {
    "track": ("Track", "track"),
    "conflict_role": ("Conflict role", "conflict_role"),
    "role": ("Role", ""),
    "level": ("Level", "level"),
    "scope": ("Scope", "scope"),
    "stance": ("Stance", "stance"),
    "influence": ("Influence", "scale_0_4"),
    "reliability": ("Grade of the source", "source_reliability"),
    "credibility": ("Credibility", "credibility"),
    "basis": ("Basis", "basis"),
    "freshness": ("Last seen or confirmed", ""),
    "tlp": ("TLP label", "tlp"),
}
_ORDERED: Final = frozenset({"influence", "reliability", "credibility", "freshness"})
_NOBODY, _SEVERAL = "none", "several"
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
        figures: what the sizes follow, by actor.
        is_measured: whether any of it is reckoned from who is linked with whom.
    """

    colour_title: str = ""
    size_title: str = ""
    shades: dict[str, Shade] = {}
    sizes: dict[str, float] = {}
    figures: dict[str, float] = {}
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
                self.now = shading(
                    tables, as_of, options.colour_by, options.size_by, options.visible
                )
        elif before.colour_title or before.size_title:
            self.now = Shading()
        else:
            return set()
        now = self.now
        return {
            i
            for i in {*before.shades, *now.shades, *before.sizes, *now.sizes}
            if before.shades.get(i) != now.shades.get(i) or before.sizes.get(i) != now.sizes.get(i)
        } & tables.actors.keys()

    def refilter(self, tables: Tables, as_of: date, options: MapOptions) -> set[str]:
        """Take over another filter, of which only measures know; returns the same."""
        return self.renew(tables, as_of, options) if is_measured(options) else set()


def is_measured(options: MapOptions) -> bool:
    """Whether colours or sizes follow a measure, which may take long to reckon."""
    return options.colour_by.startswith(MEASURE) or options.size_by.startswith(MEASURE)


def colour_choices(tables: Tables) -> dict[str, str]:
    """What cards can be coloured by, with titles; the first is by kind, as always."""
    fields = {name: tr(title) for name, (title, _list) in _FIELDS.items()}
    return {"": tr("Kind"), **fields, **_measures(tables, labels=True)}


def size_choices(tables: Tables) -> dict[str, str]:
    """What the size of cards can follow, with titles; the first is the size of their words."""
    fields = {name: tr(_FIELDS[name][0]) for name in _SIZES}
    return {"": tr("Words"), **fields, **_measures(tables, labels=False)}


def _measures(tables: Tables, *, labels: bool) -> dict[str, str]:
    few = len(tables.actors) <= _LARGE
    return {
        MEASURE + key: measure.title
        for key, measure in MEASURES.items()
        if (labels or not measure.is_label) and (few or key not in _SLOW)
    }


def shading(
    tables: Tables, as_of: date, colour_by: str, size_by: str, visible: Visible = None
) -> Shading:
    """How the actors are shown on a day; what is not known by these names changes nothing.

    Measures count only what a filter lets through, as the analysis does.
    """
    colours, sizes = colour_choices(tables), size_choices(tables)
    chosen = {colour_by if colour_by in colours else "", size_by if size_by in sizes else ""}
    found = Shading(is_measured=any(name.startswith(MEASURE) for name in chosen))
    if colour_by and colour_by in colours:
        found = msgspec.structs.replace(
            found,
            colour_title=colours[colour_by],
            shades=_shades(tables, as_of, colour_by, visible),
        )
    if size_by and size_by in sizes:
        figures = _figures(tables, as_of, size_by, visible)
        most = max(figures.values(), default=0.0)
        found = msgspec.structs.replace(
            found,
            size_title=sizes[size_by],
            # Where nobody has any there is nothing to compare.
            sizes={i: size_factor(value / most) for i, value in figures.items()} if most else {},
            figures=figures,
        )
    return found


def size_factor(share: float) -> float:
    """How large a card is whose figure is such a share of the greatest."""
    return round(_LEAST + (_MOST - _LEAST) * math.sqrt(max(0.0, share)), 2)


def figure_text(value: float) -> str:
    """A figure as it stands on a card."""
    return f"{value:.0f}" if value == round(value) or value >= 10 else decimal_text(value)


def _shades(tables: Tables, as_of: date, name: str, visible: Visible) -> dict[str, Shade]:
    if name.startswith(MEASURE):
        figures = _figures(tables, as_of, name, visible)
        if MEASURES[name.removeprefix(MEASURE)].is_label:
            return _numbered(figures, tables.actors)
        return _classes(figures)
    if name == "role":
        return _most_frequent(_roles(tables, as_of), _role_words)
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


def _roles(tables: Tables, as_of: date) -> dict[str, str]:
    """The role that each actor has on the day; one code stands for several."""
    found = dict.fromkeys(tables.actors, _NOBODY)
    for role in tables.roles.values():
        if role.role != _NOBODY and exists(role, as_of) and role.actor_id in found:
            before = found[role.actor_id]
            found[role.actor_id] = role.role if before in {_NOBODY, role.role} else _SEVERAL
    return found


def _role_words(code: str) -> str:
    if code == _NOBODY:
        return tr("no role")
    return tr("Several roles") if code == _SEVERAL else THIRD_PARTY_ROLES.label(code)


def _most_frequent(values: Mapping[str, str], words: Callable[[str], str]) -> dict[str, Shade]:
    """A colour for each value as long as there are some, the most frequent values first."""
    counts = Counter(value for value in values.values() if value != _NOBODY)
    ranked = sorted(counts, key=lambda value: (-counts[value], words(value)))
    shades = {_NOBODY: Shade(UNKNOWN, words(_NOBODY), words(_NOBODY), len(ranked))}
    for rank, value in enumerate(ranked):
        tone = f"n{rank}" if rank < DIFFERENT else UNKNOWN
        shades[value] = Shade(tone, words(value), words(value), rank)
    return {i: shades[value] for i, value in values.items()}


def _numbered(figures: Mapping[str, float], ids: Iterable[str]) -> dict[str, Shade]:
    """Circles, the largest first; small ones have their number but no colour of their own."""
    found = {i: Shade(UNKNOWN, tr("in no circle"), tr("in no circle"), DIFFERENT + 1) for i in ids}
    for actor_id, number in figures.items():
        words, at = tr("Circle {number}", number=int(number)), int(number) - 1
        if at < DIFFERENT:
            found[actor_id] = Shade(f"n{at}", words, words, at)
        else:
            found[actor_id] = Shade(UNKNOWN, words, tr("Smaller circles"), DIFFERENT)
    return found


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


def _figures(tables: Tables, as_of: date, name: str, visible: Visible) -> dict[str, float]:
    if not name.startswith(MEASURE):
        stances = _latest_stances(tables)
        values = {i: _value(a, name, stances) for i, a in tables.actors.items()}
        return {i: float(value) for i, value in values.items() if value.isdigit()}
    facts = Facts(tables, as_of, DEFAULT_THRESHOLDS)
    return dict(MEASURES[name.removeprefix(MEASURE)].figures(facts, visible))


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
