"""What the canvas keeps between two pictures never shows: each is what a fresh one would be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from model.commands.actors import move
from model.commands.records import remove_records, set_fields
from model.drawing.map_options import MapOptions
from model.drawing.scene import MapScene
from model.drawing.style import style_sheet
from tests.benchmarks.map_case import map_document
from tests.examples import examples
from tests.widgets.canvas.test_in_step import STEPS, MapInStep, take_step
from widgets.canvas.camera import Camera
from widgets.canvas.frame import Frame
from widgets.canvas.piece_pool import PiecePool
from widgets.canvas.renderer import Renderer
from widgets.common.dashes import pieces, pieces_of
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from model.document import Commit, Document
    from model.drawing.parts import SceneChange

DAY = date(2020, 1, 1)
SIZE = (640, 420)
SCALES = (0.1, 0.3, 0.5, 1.0)
EDITS: dict[str, Callable[[Document], object]] = {
    "moved": lambda document: move(document, {"a1": (40.0, 300.0)}),
    "renamed": lambda document: set_fields(document, "actors", ["a2"], {"short_name": "Longer"}),
    "apart": lambda document: set_fields(document, "linkages", ["l3"], {"decision": "keep_apart"}),
    "unlinked": lambda document: remove_records(document, "linkages", ["l4", "l5", "l30"]),
    "removed": lambda document: remove_records(document, "actors", ["a3"]),
}


def picture(renderer: Renderer, scale: float, ratio: float = 1.0) -> QImage:
    """The top left part of a map."""
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    camera = Camera(scale, -20.0 / scale, -10.0 / scale).snapped(ratio)
    painter = QPainter(image)
    renderer.render(painter, camera, camera.view(SIZE[0] / ratio, SIZE[1] / ratio), ratio)
    painter.end()
    return image


@pytest.mark.parametrize("edit", EDITS)
def test_a_followed_map_is_drawn_as_one_opened_anew(qapp: QApplication, edit: str) -> None:
    del qapp
    drawn = MapInStep()
    drawn.document.subscribe(drawn.follow)
    for scale in SCALES:
        before = picture(drawn.renderer, scale)
        assert picture(drawn.renderer, scale) == before
    EDITS[edit](drawn.document)
    for scale in SCALES:
        assert picture(drawn.renderer, scale) == picture(drawn.fresh(), scale), scale


def shown(frame: Frame, camera: Camera, ratio: float) -> QImage:
    """The picture of a frame, refined."""
    frame.refine(camera, QSize(*SIZE), ratio)
    assert frame.shows(camera)
    image = QImage(round(SIZE[0] * ratio), round(SIZE[1] * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    frame.paint(painter, camera, QSize(*SIZE))
    painter.end()
    return image


def assert_alike(one: QImage, other: QImage) -> None:
    """Soft edges differ by a rounding where lines are clipped elsewhere or cross in another order.

    What was not drawn where it should have been differs by far more.
    """
    sides = [np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (one, other)]
    assert np.abs(sides[0] - sides[1]).max() <= 8


WAY_FREED = [
    ("move", "a15", 0),
    ("move", "a15", 9),
    ("delete", "a19", 0),
    ("track", "a10", 2),
    ("name", "a7", 18),
    ("link", "a1", 5),
    ("move", "a14", 5),
    ("move", "a12", -1),
]
"""In the end a card goes that stood in the only way around others, but on no line."""
LEADER_CROSSED = [
    ("move", "a18", 2),
    ("move", "a22", 0),
    ("move", "a0", 1),
    ("move", "a1", 1),
    ("move", "a4", 5),
    ("name", "a0", 0),
]
"""In the end a card changes that a leader crosses whose label lies elsewhere."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(5))
@example(WAY_FREED, (0.1, 1.0))
@example(LEADER_CROSSED, (0.9, 1.0))
@given(STEPS, st.sampled_from([(0.1, 1.0), (0.25, 1.0), (0.5, 1.25), (0.9, 1.0)]))
def test_a_mended_picture_is_one_drawn_anew(
    qapp: QApplication, steps: list[tuple[str, str, int]], seen: tuple[float, float]
) -> None:
    del qapp
    scale, ratio = seen
    drawn = MapInStep()
    frame = Frame(drawn.renderer)
    camera = Camera(scale, -20.0, -10.0).snapped(ratio)
    shown(frame, camera, ratio)

    def follow(commit: Commit) -> None:
        frame.take_stock()
        drawn.follow(commit)
        frame.outdate()

    drawn.document.subscribe(follow)
    for step in steps:
        take_step(drawn.document, step)
        fresh = Frame(drawn.fresh())
        assert_alike(shown(frame, camera, ratio), shown(fresh, camera, ratio))


@pytest.mark.parametrize("scale", [0.1, 0.4, 0.9])
def test_a_picture_panned_filtered_and_edited_is_one_drawn_anew(
    qapp: QApplication, scale: float
) -> None:
    del qapp
    drawn = MapInStep()
    document, scene, frame = drawn.document, drawn.scene, Frame(drawn.renderer)
    camera = Camera(scale, -20.0, -10.0).snapped(1.0)
    shown(frame, camera, 1.0)
    some = frozenset([*sorted(document.actors)[:15], *document.linkages])

    def follow(change: Callable[[], SceneChange]) -> None:
        frame.take_stock()
        drawn.renderer.follow(change())
        frame.outdate()

    document.subscribe(lambda commit: follow(lambda: scene.follow(commit.patch)))
    for at, visible in enumerate((some, some, None, None)):
        follow(lambda: scene.set_options(MapOptions(visible=visible)))  # noqa: B023 - at once
        shown(frame, camera, 1.0)
        camera = camera.panned(13 * at, -7)
        assert frame.pan_to(camera, QSize(*SIZE), 1.0)
        move(document, {"a1": (40.0 + 31 * at, 90.0)})
        fresh = Renderer(MapScene(document, DAY, scene.options), drawn.style, drawn.engine)
        assert_alike(shown(frame, camera, 1.0), shown(Frame(fresh), camera, 1.0))


@pytest.mark.parametrize("scale", [0.3, 0.6, 1.0])
def test_a_small_edit_draws_only_a_part_and_many_before_a_picture_all(
    qapp: QApplication, scale: float
) -> None:
    del qapp
    drawn = MapInStep()
    document, frame = drawn.document, Frame(drawn.renderer)
    camera = Camera(scale, -20.0, -10.0).snapped(1.0)
    before = shown(frame, camera, 1.0)

    def follow(commit: Commit) -> None:
        frame.take_stock()  # only before the first: then it is no longer what is shown
        drawn.follow(commit)
        frame.outdate()

    document.subscribe(follow)
    for kind in ("mso", "armed_group"):
        set_fields(document, "actors", ["a2"], {"kind": kind})
    assert not frame.shows(camera)
    after = shown(frame, camera, 1.0)
    assert after != before
    assert frame.renders == 1
    assert not frame.pan_to(Camera(0.4), QSize(*SIZE), 1.0)
    frame.invalidate()
    assert_alike(shown(frame, camera, 1.0), after)
    assert frame.renders == 2


def test_a_picture_does_not_depend_on_the_screens_shown_before(qapp: QApplication) -> None:
    del qapp
    drawn = MapInStep()
    renderer = drawn.renderer
    for scale, ratio in ((1.0, 1.0), (0.5, 2.0), (0.5, 1.0), (1.0, 2.0), (0.5, 1.25)):
        fresh = Renderer(drawn.scene, drawn.style, drawn.engine)
        assert picture(renderer, scale, ratio) == picture(fresh, scale, ratio)


def test_a_part_of_the_map_without_lines_is_drawn(qapp: QApplication) -> None:
    del qapp
    scene = MapScene(map_document(24, 60), DAY, MapOptions())
    renderer = Renderer(scene, style_sheet("light"), QtTextEngine())
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    box = scene.cards["a0"].box
    corners = [link.route.box() for link in scene.links.values()]
    camera = Camera(0.5, min(corner[0] for corner in corners) - 5.0, box[1])
    painter = QPainter(image)
    renderer.render(painter, camera, (camera.left, box[1], camera.left + 1.0, box[1] + 1.0), 1.0)
    painter.end()
    assert renderer.lines.boxes.within((camera.left, box[1], camera.left + 1.0, box[3])).size


def test_pieces_of_lines_come_in_the_order_asked_for_and_leave_no_waste() -> None:
    pool = PiecePool()
    rng = np.random.default_rng(1)
    wanted: dict[int, np.ndarray] = {}
    for turn in range(400):
        row = int(rng.integers(200))
        if turn % 5 == 4:
            pool.forget(row)
            wanted.pop(row, None)
            continue
        more = {row: rng.random((int(rng.integers(0, 90)), 4)), 200 + turn: rng.random((3, 4))}
        counts = np.array([len(rows) for rows in more.values()])
        pool.put(list(more), np.concatenate(list(more.values())), counts)
        wanted |= more
    rows = np.array(sorted(wanted, reverse=True), dtype=np.intp)
    assert pool.missing(np.arange(700)) == sorted(set(range(700)) - set(wanted))
    found, counts = pool.of(rows)
    assert counts.tolist() == [len(wanted[row]) for row in rows.tolist()]
    assert np.array_equal(found, np.concatenate([wanted[row] for row in rows.tolist()]))


def test_lines_cut_together_are_cut_as_each_alone() -> None:
    rng = np.random.default_rng(2)
    lines = [rng.uniform(-90, 90, 2 * size).tolist() for size in (2, 5, 2, 2, 15, 3)]
    lines.insert(2, [7.0, 7.0, 7.0, 7.0])  # of no length
    for dash in ((), (10.0, 2.5), (9.0, 2.5, 2.0, 2.5), (4.0,), (5000.0, 3.0)):
        found, counts = pieces_of(lines, dash)
        alone = [pieces(line, dash) for line in lines]
        assert counts.tolist() == [len(one) for one in alone]
        assert np.allclose(found, np.concatenate(alone))
        drawn = np.hypot(*(found[:, 2:] - found[:, :2]).T).sum()
        total = sum(np.hypot(*np.diff(np.reshape(line, (-1, 2)), axis=0).T).sum() for line in lines)
        unbroken = not dash or dash[0] == 5000.0
        assert drawn == pytest.approx(total) if unbroken else drawn < total


def test_dashes_run_on_around_corners() -> None:
    found = pieces([0.0, 0.0, 10.0, 0.0, 10.0, 10.0], (6.0, 2.0))
    assert found.tolist() == [[0, 0, 6, 0], [8, 0, 10, 0], [10, 0, 10, 4], [10, 6, 10, 10]]
