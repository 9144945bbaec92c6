"""The legend: the kinds, lines, states and marks that a map actually shows, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from model.codes import ACTOR_KINDS, LINKAGE_GROUP_NAMES, LINKAGE_KINDS
from model.drawing.chip import chip
from model.drawing.linkage import LinkContent, heads, line_path, link_look
from model.drawing.primitives import Fill, Group, Icon, Label, Primitive, Rect, Stroke
from model.drawing.routing import Route
from model.drawing.shading import figure_text
from model.drawing.style import text_style
from model.drawing.tones import tone_colour
from resources.text import tr

if TYPE_CHECKING:
    from model.drawing.scene import MapScene
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextBlock, TextEngine

_COLUMN = 216.0
_WIDEST = 300.0
"""Columns get wider for long texts, up to here; what is longer still takes more lines."""
_GAP = 12.0
_ROW = 22.0
_SAMPLE = 40.0


class _Entry(NamedTuple):
    """A sample of what the map shows, and what it means."""

    key: str
    words: str
    shapes: tuple[Primitive, ...] = ()
    indent: float = 0.0
    style: str = "axis"


_STATE_NAMES = {
    "planned": "Planned",
    "ended": "Ended",
    "doubtful": "Status not known",
    "keep_apart": "Keep apart",
    "wait": "Wait",
}


def legend_items(
    scene: MapScene,
    style: StyleSheet,
    engine: TextEngine,
    width: float,
    *,
    only_styling: bool = False,
) -> tuple[tuple[Primitive, ...], float]:
    """The entries of the legend in columns, and the height that they take.

    With `only_styling` it says only what the chosen colours and sizes mean.
    """
    entries = [*_tone_entries(scene, style), *_size_entries(scene, style)]
    if entries and scene.shades.now.is_measured:
        words = tr("Read figures as a question, not a fact.")
        if scene.options.visible is not None:
            words = f"{tr('Counted among what the filter shows.')} {words}"
        entries.append(_Entry("caveat", words))
    if not only_styling:
        entries += [
            *_kind_entries(scene, style),
            *_line_entries(scene, style),
            *_other_entries(scene, style),
        ]
    if not entries:
        return (), 0.0
    column = _column(entries, engine, width)
    rows = -(-len(entries) // max(1, int(width // column)))
    blocks = [_block(entry, engine, column) for entry in entries]
    heights = [max(_needed(block) for block in blocks[row::rows]) for row in range(rows)]
    placed = [
        Group(
            key=f"legend:{entry.key}",
            children=(*entry.shapes, _label(entry, block, style)),
            alt=entry.words,
            dx=8 + (at // rows) * column,
            dy=sum(heights[: at % rows]),
        )
        for at, (entry, block) in enumerate(zip(entries, blocks, strict=True))
    ]
    return tuple(placed), sum(heights) + 12


def _column(entries: list[_Entry], engine: TextEngine, width: float) -> float:
    """How wide columns are in which every text has its room, if they can be as wide as that."""
    widest = max(
        entry.indent + engine.measure(entry.words, text_style(entry.style))[0] for entry in entries
    )
    return max(_COLUMN, min(widest + 2 * _GAP, _WIDEST, width))


def _block(entry: _Entry, engine: TextEngine, column: float) -> TextBlock:
    return engine.layout(entry.words, text_style(entry.style), column - entry.indent - _GAP)


def _needed(block: TextBlock) -> float:
    """Height of an entry, of which the first line stands where a single one would."""
    return _ROW + block.height - block.height / len(block.lines)


def _label(entry: _Entry, block: TextBlock, style: StyleSheet) -> Label:
    middle = _needed(block) / 2
    return Label(entry.indent, middle, block, style.ink, vertical="middle")


def sample_line(content: LinkContent, style: StyleSheet, width: float) -> list[Primitive]:
    """A short straight sample of a linkage, for legends and palettes."""
    points = (2.0, _ROW / 2, width - 2, _ROW / 2)
    third = (points[2] - points[0]) / 3
    line = Route(
        (*points[:2], 2 + third, _ROW / 2, width - 2 - third, *points[1:2], *points[2:]), points
    )
    look = link_look(content, style)
    return [line_path(line, look), *heads(line, content, look, style)]


def _tone_entries(scene: MapScene, style: StyleSheet) -> list[_Entry]:
    """What the colours mean: every value that a card on the map has."""
    shading = scene.shades.now
    shown = {shading.shades[i] for i in scene.cards if i in shading.shades}
    if not shown:
        return []
    entries = [_heading("colour", tr("Colour: {what}", what=shading.colour_title))]
    by_entry = {(shade.rank, shade.entry, shade.tone) for shade in shown}
    for rank, words, tone in sorted(by_entry):
        line = Stroke(tone_colour(tone, style), 2.0)
        box = Rect(2, 5, 26, 12, 3, line, Fill(style.surface))
        patch = Rect(4, 7, 8, 8, 1.5, None, Fill(tone_colour(tone, style)))
        entries.append(_Entry(f"tone:{rank}:{words}", words, (box, patch), 36))
    return entries


def _size_entries(scene: MapScene, style: StyleSheet) -> list[_Entry]:
    """What the sizes mean: the least and the greatest figure of the cards on the map."""
    shading = scene.shades.now
    sizes = {i: factor for i, factor in shading.sizes.items() if i in scene.cards}
    shown = [(shading.figures[i], factor) for i, factor in sizes.items()]
    if not shown:
        return []
    entries = [_heading("size", tr("Size: {what}", what=shading.size_title))]
    for value, factor in dict.fromkeys((min(shown), max(shown))):
        width, height = 26 * factor, 11 * factor
        box = Rect(
            2, 11 - height / 2, width, height, 3, Stroke(style.muted_ink, 1.2), Fill(style.surface)
        )
        entries.append(_Entry(f"size:{value}", figure_text(value), (box,), _SAMPLE + 2))
    return entries


def _heading(key: str, words: str) -> _Entry:
    return _Entry(key, words, style="group-name")


def _kind_entries(scene: MapScene, style: StyleSheet) -> list[_Entry]:
    shown = {(card.content.kind, card.content.is_party) for card in scene.cards.values()}
    order = sorted(shown, key=lambda pair: (not pair[1], ACTOR_KINDS.rank(pair[0])))
    entries = []
    for kind, is_party in order:
        family = style.family(kind, "primary_party" if is_party else "none")
        words = ACTOR_KINDS.label(kind)
        if is_party:
            words = tr("{kind} (conflict party)", kind=words)
        # Where colours mean something else, a kind is known by its shape and icon alone.
        styled = bool(scene.shades.now.colour_title)
        shapes = chip(family.shape, 0, 2, 18, style.muted_ink if styled else family.colour)
        shapes.append(Icon(family.icon, 4, 6, 10, family.on_colour))
        entries.append(_Entry(f"kind:{kind}", words, tuple(shapes), 26))
    return entries


def _line_entries(scene: MapScene, style: StyleSheet) -> list[_Entry]:
    by_group: dict[str, list[str]] = {}
    for kind in sorted(
        {link.content.kind for link in scene.links.values()}, key=LINKAGE_KINDS.rank
    ):
        group = LinkContent(kind, directed=True, state="current", mark="").group
        by_group.setdefault(group, []).append(kind)
    entries = []
    for group, kinds in by_group.items():
        content = LinkContent(kinds[0], directed=True, state="current", mark="")
        words = LINKAGE_GROUP_NAMES.label(group)
        sample = tuple(sample_line(content, style, _SAMPLE))
        entries.append(_Entry(f"line:{group}", words, sample, _SAMPLE + 8))
    return entries


def _other_entries(scene: MapScene, style: StyleSheet) -> list[_Entry]:
    entries = []
    states = {link.content.state for link in scene.links.values()}
    for state, words in _STATE_NAMES.items():
        if state not in states:
            continue
        content = next(x.content for x in scene.links.values() if x.content.state == state)
        plain = LinkContent(content.kind, directed=False, state=content.state, mark="")
        shapes = tuple(sample_line(plain, style, _SAMPLE))
        entries.append(_Entry(f"state:{state}", tr(words), shapes, _SAMPLE + 8))
    if scene.outlines:
        family = style.family("contact_group")
        box = Rect(2, 4, _SAMPLE - 4, 14, 5, Stroke(family.colour, 1.4, (6.0, 4.0)))
        words = tr("Contact group or other group")
        entries.append(_Entry("outline", words, (box,), _SAMPLE + 8))
    return entries
