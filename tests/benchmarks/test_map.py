"""How fast the map is, beside a plain QGraphicsScene with an item per card and linkage.

Run with ``python -m tests.benchmarks.test_map``; prints a table of medians in milliseconds and
their ratios in the same run. Budgets of design section 8: 300/900 full repaint 10 ms;
5,000/15,000: pan 3 ms, zoom 8 ms, dragging a card with 20 linkages 8 ms, crisp refine 33 ms.
Offscreen platform, software rendering, window of 1400 x 800 pixels.

A full repaint draws every band, line, end mark, number, card and label in view again, from an empty
picture. Kept between repaints, until what they show or the scale changes: the pictures of cards,
labels, numbers and of the strip with the names of the bands, which are copied; the pieces that
lines and their dashes consist of, which are drawn each time. After an edit only the box around all
that differs is drawn, unless that is most of the view: so it is when a long line moves, as one does
in "move one card, shown".
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from model.commands.actors import move
from model.drawing.map_options import MapOptions
from model.drawing.scene import MapScene
from model.drawing.style import style_sheet
from model.facets import Facets
from model.filtering import Filtering, FilterSpec
from model.history import History
from model.layout import arrange
from tests.benchmarks.map_case import map_document
from tests.benchmarks.plain_scene import plain_view
from widgets.canvas.gestures.press import Press
from widgets.canvas.hits import Hit
from widgets.canvas.panel import MapPanel
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QGraphicsView

    from tests.benchmarks.plain_scene import CardItem

SIZE = (1400, 800)
NO_KEYS = Qt.KeyboardModifier.NoModifier
Row = tuple[str, float, float]


def median_ms(action: Callable[[int], object], rounds: int) -> float:
    """Median time of an action in milliseconds; the first two calls only warm up."""
    times = []
    gc.disable()
    for at in range(rounds + 2):
        start = time.perf_counter()
        action(at)
        times.append(1000 * (time.perf_counter() - start))
    gc.enable()
    return statistics.median(times[2:])


def measure(actors: int, linkages: int, rounds: int) -> list[Row]:
    """Rows of (what, ours, plain scene) for a map of a size."""
    document = map_document(actors, linkages)
    workspace = Workspace(
        document, History(document), QtTextEngine(), style_sheet("light"), date(2020, 1, 1)
    )
    start = time.perf_counter()
    panel = MapPanel(workspace)
    ours_built = 1000 * (time.perf_counter() - start)
    panel.resize(*SIZE)
    panel.show()
    start = time.perf_counter()
    view, items = plain_view(panel.canvas.scene)
    plain_built = 1000 * (time.perf_counter() - start)
    view.resize(*SIZE)
    view.show()
    QApplication.processEvents()
    rows: list[Row] = [("build", ours_built, plain_built)]
    canvas, port = panel.canvas, view.viewport()

    def crisp(_at: int) -> None:
        canvas.frame.invalidate()
        canvas.repaint()

    def plain(_at: int) -> None:
        port.repaint()

    canvas.zoom_fit()
    view.fitInView(view.scene().itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
    rows.append(("full repaint, whole map", median_ms(crisp, rounds), median_ms(plain, rounds)))
    rows += movements("whole map", panel, view, rounds)
    scale = 0.62
    left, top, _, _ = canvas.scene.cards["a0"].box
    canvas.set_camera(type(canvas.camera)(scale, left - 60, top - 60))
    canvas.repaint()
    view.resetTransform()
    view.scale(scale, scale)
    view.centerOn(left + SIZE[0] / 2 / scale, top + SIZE[1] / 2 / scale)
    QApplication.processEvents()
    visible = len(canvas.renderer.cards.within(canvas.camera.view(*SIZE)))
    rows.append(
        (
            f"full repaint, {visible} cards in view",
            median_ms(crisp, rounds),
            median_ms(plain, rounds),
        )
    )
    rows += movements(f"{visible} cards in view", panel, view, rounds)
    rows.append(dragging(panel, view, items, rounds))
    rows.append(("move one card, shown", committing(workspace, panel, rounds), float("nan")))
    rows += filtering(workspace, panel, min(rounds, 6))
    panel.close()
    view.close()
    return rows


def movements(where: str, panel: MapPanel, view: QGraphicsView, rounds: int) -> list[Row]:
    """Panning by 20 pixels and zooming by a tenth."""
    canvas = panel.canvas
    port, bar = view.viewport(), view.horizontalScrollBar()
    canvas.refine()

    def pan(at: int) -> None:
        canvas.set_camera(canvas.camera.panned(20 if at % 20 < 10 else -20, 0))
        canvas.repaint()

    def plain_pan(at: int) -> None:
        bar.setValue(bar.value() + (20 if at % 20 < 10 else -20))
        QApplication.processEvents()

    def zoom(at: int) -> None:
        canvas.zoom_by(1.1 if at % 2 else 1 / 1.1, QPointF(700, 400))
        canvas.repaint()

    def plain_zoom(at: int) -> None:
        factor = 1.1 if at % 2 else 1 / 1.1
        view.scale(factor, factor)
        port.repaint()

    result = [(f"pan by 20 px, {where}", median_ms(pan, rounds), median_ms(plain_pan, rounds))]
    result.append((f"zoom step, {where}", median_ms(zoom, rounds), median_ms(plain_zoom, rounds)))
    canvas.refine()
    return result


def dragging(panel: MapPanel, view: QGraphicsView, items: dict[str, CardItem], rounds: int) -> Row:
    """One step of dragging a card with twenty linkages."""
    canvas = panel.canvas
    canvas.repaint()
    x, y = canvas.camera.to_screen(*canvas.scene.cards["a0"].box[:2])
    start = QPointF(x + 20, y + 20)
    gesture = Press(canvas, start, Hit("card", "a0", "actors"), NO_KEYS)
    canvas.begin(gesture)

    def ours(at: int) -> None:
        gesture.move(start + QPointF(10 + 8 * (at % 12), 6), NO_KEYS)
        canvas.repaint()

    time_ours = median_ms(ours, rounds)
    canvas.cancel_gesture()
    card = items["a0"]

    def plain(at: int) -> None:
        card.setPos(10 + 8 * (at % 12), 6)
        QApplication.processEvents()

    return "drag step, 20 linkages", time_ours, median_ms(plain, rounds)


def committing(workspace: Workspace, panel: MapPanel, rounds: int) -> float:
    """A committed move, followed by the scene and drawn crisp."""

    def commit(at: int) -> None:
        move(workspace.document, {"a0": (float(8 * (at % 2)), 44.0)})
        panel.canvas.repaint()

    return median_ms(commit, rounds)


def filtering(workspace: Workspace, panel: MapPanel, rounds: int) -> list[Row]:
    """A filter put on and taken off, without painting, beside a scene that is built anew."""
    document, as_of, canvas = workspace.document, workspace.as_of, panel.canvas
    kinds = sorted({actor.kind for actor in document.actors.values()})
    facets = Facets(document, as_of)

    def put_on(at: int) -> float:
        spec = FilterSpec({"kind": frozenset({kinds[at % len(kinds)]})})
        start = time.perf_counter()
        visible = Filtering(document, as_of, spec, None, facets).visible
        canvas.set_options(MapOptions(visible=visible))
        return 1000 * (time.perf_counter() - start)

    def take_off() -> float:
        start = time.perf_counter()
        canvas.set_options(MapOptions())
        return 1000 * (time.perf_counter() - start)

    times = [(put_on(at), take_off()) for at in range(rounds + 2)][2:]
    anew = median_ms(lambda _: MapScene(document, as_of, MapOptions()), 3)
    on, off = (statistics.median(column) for column in zip(*times, strict=True))
    return [("filter to one kind, to a scene anew", on, anew), ("filter off", off, anew)]


def table(actors: int, linkages: int, rounds: int = 24) -> str:
    """The measurements as text."""
    lines = [
        f"\n{actors} actors, {linkages} linkages",
        f"{'':38}{'ours':>9}{'plain':>9}{'ratio':>8}",
    ]
    for what, ours, plain in measure(actors, linkages, rounds):
        lines.append(f"{what:38}{ours:9.2f}{plain:9.2f}{plain / ours:8.1f}")
    return "\n".join(lines)


def arranging(actors: int, linkages: int) -> str:
    """How long an arrangement takes, igraph already imported."""
    document = map_document(actors, linkages, placed=False)
    arrange(map_document(20, 20, placed=False), date(2020, 1, 1))
    start = time.perf_counter()
    arrange(document, date(2020, 1, 1))
    return f"arrange {actors}/{linkages}: {time.perf_counter() - start:.2f} s"


def main() -> None:
    """Print all tables."""
    application = QApplication.instance() or QApplication(sys.argv)
    for actors, linkages in ((300, 900), (5_000, 15_000)):
        sys.stdout.write(table(actors, linkages) + "\n")
    for actors, linkages in ((300, 900), (1_000, 3_000)):
        sys.stdout.write(arranging(actors, linkages) + "\n")
    application.processEvents()


def test_map_benchmark_runs(qapp: QApplication) -> None:
    assert "drag step" in table(40, 90, rounds=3)


if __name__ == "__main__":
    main()
