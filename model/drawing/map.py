"""The map as a drawing: one value for pages, from the tables, a day, a style and a text engine.

`MapScene` (scene.py) decides where everything lies; here its parts become one `Drawing`, framed
by its content, with a legend of what is actually shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.drawing.actor import TAG_OVER, card_group, pole_group
from model.drawing.bands import HEADER, band_group
from model.drawing.boxes import around
from model.drawing.legend import legend_items
from model.drawing.linkage import label_shapes, leader, link_group, link_look
from model.drawing.map_options import MapOptions
from model.drawing.notes import note_group
from model.drawing.outlines import outline_group, title_group
from model.drawing.primitives import Drawing, Group, Primitive, Rect
from model.drawing.scene import MapScene
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.tables import Tables

_FRAME = 28.0
_LEGEND_GAP = 20.0


class MapPicture:
    """The whole map, fitted to its content; its legend can be made for the size of a sheet."""

    def __init__(
        self,
        tables: Tables,
        as_of: date,
        style: StyleSheet,
        engine: TextEngine,
        options: MapOptions | None = None,
    ) -> None:
        """Work everything out once: where cards lie, how lines run, where labels have room."""
        scene = MapScene(tables, as_of, options or MapOptions())
        scene.place_labels(scene.links)
        left, right = _extent(scene)
        items: list[Primitive] = [band_group(scene.bands, left, right, style, engine)]
        items += [outline_group(outline, style) for outline in scene.outlines.values()]
        items.append(_links(scene, style))
        items += [title_group(outline, style, engine) for outline in scene.outlines.values()]
        items.append(_cards(scene, style, engine))
        items.append(_labels(scene, style, engine))
        slips = tuple(note_group(note, style, engine) for note in scene.notes.values())
        items.append(Group(key="layer:notes", children=slips))
        self._scene, self._style, self._engine = scene, style, engine
        self._map = Group(key="map", children=tuple(items), dx=-left)
        self._width = right - left

    def without_legend(self) -> Drawing:
        """The map alone."""
        return self._drawing((self._map,), self._scene.bands.height)

    def with_legend(self, magnified: float = 1.0, within: float | None = None) -> Drawing:
        """The map with its legend below: magnified, and in columns within a width.

        Above a legend that is wider the map stands in the middle.
        """
        width = within or self._width
        entries, height = legend_items(self._scene, self._style, self._engine, width / magnified)
        if not entries:
            return self.without_legend()
        top = self._scene.bands.height + _LEGEND_GAP
        legend = Group(key="legend", children=entries, dy=top, scale=magnified)
        whole = max(width, self._width)
        moved = msgspec.structs.replace(self._map, dx=self._map.dx + (whole - self._width) / 2)
        return self._drawing((moved, legend), top + height * magnified, whole)

    def _drawing(
        self, items: tuple[Primitive, ...], height: float, width: float | None = None
    ) -> Drawing:
        return Drawing(
            width=width or self._width,
            height=height,
            items=items,
            background=self._style.background,
            title=tr("Map"),
            alt=_spoken(self._scene),
        )


def map_drawing(
    tables: Tables,
    as_of: date,
    style: StyleSheet,
    engine: TextEngine,
    options: MapOptions | None = None,
    *,
    legend: bool = True,
) -> Drawing:
    """The whole map, fitted to its content, with a legend below it unless it is not wanted."""
    picture = MapPicture(tables, as_of, style, engine, options)
    return picture.with_legend() if legend else picture.without_legend()


def _extent(scene: MapScene) -> tuple[float, float]:
    boxes = [box for card in scene.cards.values() for box in card.parts]
    boxes += [box for box in scene.labels.values() if box is not None]
    boxes += [box for outline in scene.outlines.values() for box in outline.boxes]
    boxes += [note.box for note in scene.notes.values()]
    boxes += [link.route.box() for link in scene.links.values()]
    if not boxes:
        return 0.0, 640.0
    whole = around(boxes)
    return whole[0] - _FRAME - HEADER, whole[2] + _FRAME


def _links(scene: MapScene, style: StyleSheet) -> Group:
    groups = []
    for link in scene.links.values():
        made = link_group(f"linkage:{link.id}", link.id, link.route, link.content, style)
        groups.append(made)
    return Group(key="layer:links", children=tuple(groups))


def _cards(scene: MapScene, style: StyleSheet, engine: TextEngine) -> Group:
    groups = []
    for card in scene.cards.values():
        content = card.content
        face = card_group(content, style, engine)
        clip = None
        if card.pole is not None and content.grow != 1:
            # The pole keeps to the bands, however large the card is drawn.
            pole = pole_group(content, style, engine, 10.0)
            groups.append(
                Group(key=f"pole:{card.id}", children=pole.children, dx=card.x, dy=card.y)
            )
            clip = Rect(0.0, -TAG_OVER - 2, content.width, content.height + TAG_OVER + 2)
        groups.append(
            Group(
                key=f"actor:{card.id}",
                children=face.children,
                alt=face.alt,
                record_id=card.id,
                dx=card.x - (content.grow - 1) * content.width / 2,
                dy=card.y - (content.grow - 1) * content.height / 2,
                scale=content.grow,
                clip=clip,
            )
        )
    return Group(key="layer:cards", children=tuple(groups))


def _labels(scene: MapScene, style: StyleSheet, engine: TextEngine) -> Group:
    """All labels, with their leaders below them: none is struck through by that of another."""
    leaders: list[Primitive] = []
    shapes: list[Primitive] = []
    for link_id, box in scene.labels.items():
        if box is None:
            continue
        link = scene.links[link_id]
        look = link_look(link.content, style)
        line = leader(link.route, box, style)
        children = label_shapes(link.content, look, box, style, engine)
        if line is not None:
            leaders.append(Group(key=f"leader:{link_id}", children=(line,), record_id=link_id))
        key = f"label:{link_id}"
        shapes.append(Group(key=key, children=tuple(children), record_id=link_id))
    return Group(key="layer:labels", children=(*leaders, *shapes))


def _spoken(scene: MapScene) -> str:
    actors = plural("{count} actor", "{count} actors", len(scene.cards))
    links = plural("{count} linkage", "{count} linkages", len(scene.links))
    return tr("Map of {actors} and {links}.", actors=actors, links=links)
