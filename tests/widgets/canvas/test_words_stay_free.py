"""Nothing is put over the words of cards: measured over the samples, on screen and in print."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from model.analysis.engine import findings
from model.analysis.finding import Finding
from model.analysis.report import on_map
from model.document import Document
from model.drawing.actor import card_group
from model.drawing.bands import Band, Bands, band_group
from model.drawing.bounds import Bounds, bounds
from model.drawing.boxes import overlap
from model.drawing.map import map_drawing
from model.drawing.map_options import MapOptions
from model.drawing.plate import LEADING, plate_group, words_left
from model.drawing.primitives import Group, Label
from model.drawing.scene import MapScene
from model.drawing.style import style_sheet
from model.drawing.text import TextStyle
from model.layout import apply_arrangement, arrange_around
from model.records import Actor, Placement, Record
from tests.samples import sample
from tests.widgets.opening import shown, workspace_of
from widgets.canvas.canvas import MapCanvas
from widgets.canvas.renderer import MIDDLE, NEAR
from widgets.canvas.shown_boxes import outer_boxes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytestqt.qtbot import QtBot

    from model.analysis.finding import Target
    from model.drawing.parts import Card
    from model.drawing.primitives import Primitive

SAMPLES = ("mindanao", "myanmar", "mali")
_APART_FROM = 0.2
"""Below this scale, plates lie so closely that a sign may touch its own words."""
_HAIR = 0.5
"""Soft edges do not count."""
_RIM = 1.0
"""Nor does the thin rim around a sign."""


def day_of(document: Document) -> date:
    """The day for which a sample is meant."""
    opened = document.project.as_of
    return date(2024, 1, 1) if opened is None else opened.stated_first()


def words_in(items: Iterable[Primitive], dx: float, dy: float, scale: float) -> Iterator[Bounds]:
    for item in items:
        if isinstance(item, Group):
            inner = (dx + item.dx * scale, dy + item.dy * scale, scale * item.scale)
            yield from words_in(item.children, *inner)
        elif isinstance(item, Label) and (found := bounds(item)) is not None:
            yield found.placed(dx, dy, scale)


def words_on_screen(canvas: MapCanvas) -> dict[str, list[Bounds]]:
    """The words of each card as they are drawn, in pixels of the view."""
    scale, style, engine = canvas.camera.scale, canvas.workspace.style, canvas.renderer.engine
    cards: list[Card] = list(canvas.scene.cards.values())
    painter, found = canvas.renderer.card_painter, {}
    plates = painter.plates.of(cards, scale) if scale < NEAR else [None] * len(cards)
    dx, dy = canvas.camera.left * scale, canvas.camera.top * scale
    outer = outer_boxes(canvas.renderer, cards, scale)
    for card, plate, (left, top, _, _) in zip(cards, plates, outer, strict=True):
        group, times = card_group(card.content, style, engine), scale * card.content.grow
        if plate is not None:
            group, times = plate_group(card.content, plate, style, engine), 1.0
        elif scale < NEAR:
            caption = painter.captions.at(scale).get(card.id)
            box = (0.0, 0.0, 0.0, 0.0) if caption is None else caption.words_box
            found[card.id] = [Bounds(*box).placed(-dx, -dy, 1.0)]
            continue
        found[card.id] = list(words_in([group], left - dx, top - dy, times))
    return found


def covered(canvas: MapCanvas) -> list[tuple[str, str]]:
    """Signs and the cards on whose words they lie; single signs are round, counted ones oblong."""
    words, found = words_on_screen(canvas), []
    for sign in canvas.badges.signs():
        x = min(sign.x, sign.box[0] + sign.radius)
        for card_id, boxes in words.items():
            for box in boxes:
                across = max(box.left - sign.x, x - box.right, 0.0)
                upright = max(box.top - sign.y, sign.y - box.bottom, 0.0)
                if math.hypot(across, upright) < sign.radius - _HAIR - _RIM:
                    found.append((sign.keys[0][1], card_id))
    return found


def without_sign(canvas: MapCanvas, found: Iterable[Finding]) -> list[Target]:
    """Cards with findings for whose sign there is no room, of those that are in view."""
    seen = {key for sign in canvas.badges.signs() for key in sign.keys}
    return [key for key in on_map(found) if key[1] in canvas.scene.cards and key not in seen]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("arranged", [False, True])
def test_signs_cover_no_words_of_the_samples(qtbot: QtBot, name: str, arranged: bool) -> None:
    document = sample(name)
    workspace = workspace_of(document, day_of(document))
    canvas = MapCanvas(workspace)
    shown(qtbot, canvas, 1000)
    if arranged:
        with document.edit("arrange") as edit:
            for key, (x, y) in arrange_around(document, workspace.as_of, anew=True).places.items():
                edit.put("placements", Placement(id=key, x=x, y=y))
    found = findings(document, workspace.as_of)
    canvas.badges.show(found)
    canvas.zoom_fit()
    fit = canvas.camera.scale
    for scale in (fit, 1.0, 0.17, 0.2, 0.42, NEAR, 0.1):
        canvas.zoom_by(scale / canvas.camera.scale)
        canvas.refine()
        on_words = covered(canvas)
        assert [pair for pair in on_words if pair[0] != pair[1]] == [], scale
        if scale >= _APART_FROM:
            assert on_words == [], scale
        if scale <= fit:
            assert without_sign(canvas, found) == [], scale


def crowded() -> Document:
    """Cards in rows that touch each other."""
    content: dict[str, dict[str, Record]] = {"actors": {}, "placements": {}}
    for at in range(60):
        key = f"a{at}"
        content["actors"][key] = Actor(id=key, name=f"Movement number {at}", tracks=("T1",))
        place = Placement(id=key, x=190.0 * (at % 10), y=60.0 * (at // 10))
        content["placements"][key] = place
    return Document(content)


def test_even_between_cards_that_touch_signs_cover_no_words(qtbot: QtBot) -> None:
    workspace = workspace_of(crowded(), date(2020, 1, 1))
    canvas = MapCanvas(workspace)
    shown(qtbot, canvas, 1000)
    keys = [("actors", key) for key in workspace.document.actors]
    found = [
        Finding(
            rule_id="W17",
            severity="high",
            message="Something",
            targets=(key,),
            figures={},
            as_of=workspace.as_of,
        )
        for key in keys
    ]
    canvas.badges.show(found)
    canvas.zoom_fit()
    for scale in (2.0, 1.0, NEAR, 0.74, 0.5, 0.25, MIDDLE, 0.1):
        canvas.zoom_by(scale / canvas.camera.scale)
        canvas.refine()
        if scale > MIDDLE:  # from afar, names lie so closely that no sign has room between them
            of_others = [pair for pair in covered(canvas) if pair[0] != pair[1]]
            assert of_others == [], scale
    assert without_sign(canvas, found) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_names_are_whole_when_the_whole_map_is_shown(qtbot: QtBot, name: str) -> None:
    document = sample(name)
    canvas = MapCanvas(workspace_of(document, day_of(document)))
    shown(qtbot, canvas, 1000)
    cards = list(canvas.scene.cards.values())
    for width, height in ((1024, 700), (910, 500), (780, 420)):  # windows of about 1440 and 1280
        canvas.resize(width, height)
        canvas.zoom_fit()
        plates = canvas.renderer.card_painter.plates.of(cards, canvas.camera.scale)
        assert all(plate is not None for plate in plates)
        for plate in plates:
            assert plate is not None
            style = TextStyle(plate.size, bold=True, line_spacing=LEADING)
            room = plate.width - plate.strip - words_left(plate) - 2
            lines = canvas.renderer.engine.layout(plate.text, style, room).lines
            assert len(lines) <= plate.lines, plate.text


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.usefixtures("qapp")
def test_in_print_no_words_lie_on_others(name: str) -> None:
    from widgets.text_engine import QtTextEngine

    document = sample(name)
    drawing = map_drawing(document, day_of(document), style_sheet("paper"), QtTextEngine())
    boxes = sorted(
        (box.grown(-_HAIR) for box in words_in(drawing.items, 0.0, 0.0, 1.0) if box.width > 1),
        key=lambda box: box.left,
    )
    assert len(boxes) > 60
    clashes = [
        (one, two)
        for at, one in enumerate(boxes)
        for two in boxes[at + 1 :]
        if two.left < one.right and one.intersection(two) is not None
    ]
    assert clashes == []
    assert all(one.left <= two.left for one, two in pairwise(boxes))


@pytest.mark.parametrize("arranged", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.usefixtures("qapp")
def test_titles_of_bands_stay_in_their_bands_and_off_everything(name: str, arranged: bool) -> None:
    from widgets.text_engine import QtTextEngine

    document = sample(name)
    if arranged:
        apply_arrangement(document, arrange_around(document, day_of(document), anew=True))
    scene = MapScene(document, day_of(document), MapOptions())
    scene.place_labels(scene.links)
    drawing = map_drawing(document, day_of(document), style_sheet("paper"), QtTextEngine())
    whole = next(item for item in drawing.items if isinstance(item, Group) and item.key == "map")
    layer = next(
        item for item in whole.children if isinstance(item, Group) and item.key == "layer:bands"
    )
    titles = [bounds(item) for item in layer.children if isinstance(item, Label)]
    bands = scene.bands.entries
    assert len(titles) == len(bands)
    others = [card.box for card in scene.cards.values()]
    others += [box for box in scene.labels.values() if box is not None]
    others += [outline.title_box for outline in scene.outlines.values()]
    others += [box for outline in scene.outlines.values() for box in outline.boxes]
    for band, title in zip(bands, titles, strict=True):
        assert title is not None
        assert band.top <= title.top, band.code
        assert title.bottom <= band.bottom, band.code
        box = (title.left, title.top, title.right, title.bottom)
        assert [other for other in others if overlap(box, other)] == []


@pytest.mark.usefixtures("qapp")
def test_a_low_band_with_a_long_name_bears_its_numeral() -> None:
    from widgets.text_engine import QtTextEngine

    low = Band("T1", 0.0, 104.0, "Talks of the parties among themselves", collapsed=True)
    bands = Bands((low, Band("T2", 104.0, 400.0, "Insiders", collapsed=False)))
    group = band_group(bands, 0.0, 800.0, style_sheet("paper"), QtTextEngine())
    first, second = [item for item in group.children if isinstance(item, Label)]
    assert (first.block.text, second.block.text) == ("I", "Insiders")
    one, two = bounds(first), bounds(second)
    assert one is not None
    assert two is not None
    assert one.bottom <= 104.0 <= two.top
