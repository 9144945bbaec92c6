"""The legend: the kinds, lines, states and marks that a map actually shows, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.codes import ACTOR_KINDS, LINKAGE_GROUP_NAMES, LINKAGE_KINDS
from model.drawing.chip import chip
from model.drawing.linkage import LinkContent, heads, line_path, link_look
from model.drawing.primitives import Fill, Group, Icon, Label, Primitive, Rect, Stroke
from model.drawing.routing import Route
from model.drawing.shading import figure_text, size_factor
from model.drawing.style import text_style
from model.drawing.tones import tone_colour
from resources.text import tr

if TYPE_CHECKING:
    from model.drawing.scene import MapScene
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine

_COLUMN = 216.0
_ROW = 22.0
_SAMPLE = 40.0
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
    entries = [
        *_tone_entries(scene, style, engine),
        *_size_entries(scene, style, engine),
    ]
    if entries and scene.shades.now.is_measured:
        words = tr("Read figures as a question, not a fact.")
        entries.append(_entry("caveat", [], words, 0, style, engine))
    if not only_styling:
        entries += [
            *_kind_entries(scene, style, engine),
            *_line_entries(scene, style, engine),
            *_other_entries(scene, style, engine),
        ]
    if not entries:
        return (), 0.0
    columns = max(1, int(width // _COLUMN))
    rows = -(-len(entries) // columns)
    placed = [
        Group(
            key=entry.key,
            children=entry.children,
            alt=entry.alt,
            dx=8 + (at // rows) * _COLUMN,
            dy=(at % rows) * _ROW,
        )
        for at, entry in enumerate(entries)
    ]
    return tuple(placed), rows * _ROW + 12


def sample_line(content: LinkContent, style: StyleSheet, width: float) -> list[Primitive]:
    """A short straight sample of a linkage, for legends and palettes."""
    points = (2.0, _ROW / 2, width - 2, _ROW / 2)
    third = (points[2] - points[0]) / 3
    line = Route(
        (*points[:2], 2 + third, _ROW / 2, width - 2 - third, *points[1:2], *points[2:]), points
    )
    look = link_look(content, style)
    return [line_path(line, look), *heads(line, content, look, style)]


def _tone_entries(scene: MapScene, style: StyleSheet, engine: TextEngine) -> list[Group]:
    """What the colours mean: every value that a card on the map has."""
    shading = scene.shades.now
    shown = {shading.shades[i] for i in scene.cards if i in shading.shades}
    if not shown:
        return []
    entries = [_heading("colour", tr("Colour: {what}", what=shading.colour_title), style, engine)]
    by_entry = {(shade.rank, shade.entry, shade.tone) for shade in shown}
    for rank, words, tone in sorted(by_entry):
        line = Stroke(tone_colour(tone, style), 2.0)
        box = Rect(2, 5, 26, 12, 3, line, Fill(style.surface))
        patch = Rect(4, 7, 8, 8, 1.5, None, Fill(tone_colour(tone, style)))
        entries.append(_entry(f"tone:{rank}:{words}", [box, patch], words, 36, style, engine))
    return entries


def _size_entries(scene: MapScene, style: StyleSheet, engine: TextEngine) -> list[Group]:
    """What the sizes mean: the least and the greatest figure."""
    shading = scene.shades.now
    if not any(i in shading.sizes for i in scene.cards):
        return []
    entries = [_heading("size", tr("Size: {what}", what=shading.size_title), style, engine)]
    least, most = shading.bounds
    for value in dict.fromkeys((least, most)):
        factor = size_factor(value / most if most else 0.0)
        width, height = 26 * factor, 11 * factor
        box = Rect(
            2, 11 - height / 2, width, height, 3, Stroke(style.muted_ink, 1.2), Fill(style.surface)
        )
        entries.append(
            _entry(f"size:{value}", [box], figure_text(value), _SAMPLE + 2, style, engine)
        )
    return entries


def _heading(key: str, words: str, style: StyleSheet, engine: TextEngine) -> Group:
    block = engine.layout(words, text_style("group-name"), _COLUMN - 12, 1)
    label = Label(0, _ROW / 2, block, style.ink, vertical="middle")
    return Group(key=f"legend:{key}", children=(label,), alt=words)


def _kind_entries(scene: MapScene, style: StyleSheet, engine: TextEngine) -> list[Group]:
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
        entries.append(_entry(f"kind:{kind}", shapes, words, 26, style, engine))
    return entries


def _line_entries(scene: MapScene, style: StyleSheet, engine: TextEngine) -> list[Group]:
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
        entries.append(
            _entry(
                f"line:{group}",
                sample_line(content, style, _SAMPLE),
                words,
                _SAMPLE + 8,
                style,
                engine,
            )
        )
    return entries


def _other_entries(scene: MapScene, style: StyleSheet, engine: TextEngine) -> list[Group]:
    entries = []
    states = {link.content.state for link in scene.links.values()}
    for state, words in _STATE_NAMES.items():
        if state not in states:
            continue
        content = next(x.content for x in scene.links.values() if x.content.state == state)
        plain = LinkContent(content.kind, directed=False, state=content.state, mark="")
        shapes = sample_line(plain, style, _SAMPLE)
        entries.append(_entry(f"state:{state}", shapes, tr(words), _SAMPLE + 8, style, engine))
    if scene.outlines:
        family = style.family("contact_group")
        box = Rect(2, 4, _SAMPLE - 4, 14, 5, Stroke(family.colour, 1.4, (6.0, 4.0)))
        words = tr("Contact group or other group")
        entries.append(_entry("outline", [box], words, _SAMPLE + 8, style, engine))
    return entries


def _entry(
    key: str,
    shapes: list[Primitive],
    words: str,
    indent: float,
    style: StyleSheet,
    engine: TextEngine,
) -> Group:
    block = engine.layout(words, text_style("axis"), _COLUMN - indent - 12, 1)
    label = Label(indent, _ROW / 2, block, style.ink, vertical="middle")
    return Group(key=f"legend:{key}", children=(*shapes, label), alt=words)
