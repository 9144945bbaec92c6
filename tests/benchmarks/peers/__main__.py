"""Run with ``python -m tests.benchmarks.peers``; prints medians in milliseconds and their ratios.

With the argument 1 only the smaller of the two maps is measured.

Needs npm and Chromium (on Debian: ``apt install npm chromium``). The two libraries are fetched from
the npm registry into a temporary folder at the versions below, and are gone afterwards; the page is
served to the browser from this machine alone. What is compared, and what is not:

- The same cards and linkages at the same places, on 1400 x 800 pixels, software rendering on both
  sides; labels, arrowheads and curved lines on. Each line is as wide and as coloured as ours, and
  dashed where ours is on the screen; as dashes cost a canvas much, one row shows the libraries
  without any, beside ours with them. Our cards carry an icon, a kind and marks besides. At the
  scales of these views we draw one line with a number between two cards, where they draw each line
  with its label.
- Wall time of one step that draws at once. In the browser one pixel of each canvas is read back, so
  that the drawing counts and not only its recording; our side paints into the window's buffer on
  the offscreen platform. Neither includes the way to the screen.
- "Full repaint" draws every element in view again; cards may come from a bitmap of their own on
  either side. "The same picture again" is what each does when nothing has changed: cytoscape.js and
  ours then show kept bitmaps, vis-network keeps none.
- The libraries' settings are the defaults, without their options that leave out edges or reuse a
  bitmap while the view moves. Our pan and zoom reuse what was drawn and draw it crisp when the hand
  rests: that is one full repaint more at the end of a gesture.
- Several rounds, because one run on a machine that does other things, too, proves little. Each
  round measures all three one after the other, ours first in one round and last in the next, in a
  fresh window and a fresh browser, and each figure of a round is a median of repeated steps. The
  table gives the median of the rounds with the least and the most in brackets. A ratio is reckoned
  within each round first, of what was measured at about the same time; its median and its range
  stand in the table, so that the worst round is seen, too.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from model.drawing.style import style_sheet
from model.history import History
from tests.benchmarks.map_case import map_document
from tests.benchmarks.test_map import NO_KEYS, SIZE, median_ms
from widgets.canvas.gestures.press import Press
from widgets.canvas.hits import Hit
from widgets.canvas.lines import dash_stretch
from widgets.canvas.panel import MapPanel
from widgets.canvas.renderer import level_of
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from widgets.canvas.canvas import MapCanvas

PACKAGES = {
    "cytoscape": ("3.35.0", "dist/cytoscape.min.js", "cytoscape.js"),
    "vis-network": ("10.1.5", "standalone/umd/vis-network.min.js", "vis-network.js"),
}
CASES = ((300, 900, 12, 5), (5_000, 15_000, 5, 3))
"""Actors, linkages, steps of which each figure is the median, rounds."""
SCALE = 0.62
HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WAIT = 1_800
ROWS = {
    "built": "build and first picture",
    "repaint_near": "full repaint, {visible} cards in view",
    "repaint_solid": "the same, no dashes there",
    "repaint_fit": "full repaint, whole map",
    "again_near": "the same picture again, {visible} cards in view",
    "again_fit": "the same picture again, whole map",
    "pan_near": "pan by 20 px, {visible} cards in view",
    "pan_fit": "pan by 20 px, whole map",
    "zoom_near": "zoom step, {visible} cards in view",
    "zoom_fit": "zoom step, whole map",
    "drag": "drag a card with 20 linkages",
}
OURS = "ours"
Figures = dict[str, float]


class Ours:
    """The map of one size in our window."""

    def __init__(self, actors: int, linkages: int) -> None:
        """Build the document; the window comes with `measure`."""
        self.document = map_document(actors, linkages)
        self.title = f"{actors:,} actors, {linkages:,} linkages"

    def open(self) -> MapPanel:
        """The map in a window."""
        workspace = Workspace(
            self.document,
            History(self.document),
            QtTextEngine(),
            style_sheet("light"),
            date(2020, 1, 1),
        )
        panel = MapPanel(workspace)
        panel.resize(*SIZE)
        panel.show()
        return panel

    def measure(self, rounds: int) -> Figures:
        """Medians by the names of `ROWS`."""
        panels: list[MapPanel] = []

        def build(_at: int) -> None:
            panels.append(self.open())
            QApplication.processEvents()
            panels[-1].canvas.zoom_fit()
            panels[-1].canvas.repaint()

        found = {"built": median_ms(build, 1)}
        panel = panels[-1]
        for other in panels[:-1]:
            other.close()
        canvas = panel.canvas
        found |= _moving(canvas, rounds, "fit")
        _look(canvas)
        found["visible"] = len(canvas.renderer.cards.within(canvas.camera.view(*SIZE)))
        found |= _moving(canvas, rounds, "near")
        found["repaint_solid"] = found["repaint_near"]
        _look(canvas)
        found["drag"] = _dragging(canvas, rounds)
        panel.close()
        return found

    def as_json(self, rounds: int) -> dict[str, Any]:
        """The map for the page: boxes, names, lines."""
        panel = self.open()
        scene = panel.canvas.scene
        look = panel.canvas.renderer.look
        strokes = {link.id: look(link.content).stroke for link in scene.links.values()}
        stretch = dash_stretch(SCALE, level_of(SCALE))
        left, top, _, _ = scene.cards["a0"].box
        found = {
            "title": self.title,
            "rounds": rounds,
            "scale": SCALE,
            "corner": [left - 60, top - 60],
            "dragged": "a0",
            "cards": [
                {
                    "id": card.id,
                    "name": card.content.name,
                    "x": card.x,
                    "y": card.y,
                    "width": card.content.width,
                    "height": card.content.height,
                }
                for card in scene.cards.values()
            ],
            "links": [
                {
                    "id": link.id,
                    "from": link.from_id,
                    "to": link.to_id,
                    "text": link.content.text,
                    "colour": strokes[link.id].colour,
                    "width": strokes[link.id].width,
                    "dash": [length * stretch for length in strokes[link.id].dash],
                }
                for link in scene.links.values()
            ],
        }
        panel.close()
        return found


def _look(canvas: MapCanvas) -> None:
    left, top, _, _ = canvas.scene.cards["a0"].box
    canvas.set_camera(type(canvas.camera)(SCALE, left - 60, top - 60))
    canvas.repaint()
    QApplication.processEvents()


def _moving(canvas: MapCanvas, rounds: int, where: str) -> Figures:
    def crisp(_at: int) -> None:
        canvas.frame.invalidate()
        canvas.repaint()

    def pan(at: int) -> None:
        canvas.set_camera(canvas.camera.panned(20 if at % 20 < 10 else -20, 0))
        canvas.repaint()

    def zoom(at: int) -> None:
        canvas.zoom_by(1.1 if at % 2 else 1 / 1.1, QPointF(SIZE[0] / 2, SIZE[1] / 2))
        canvas.repaint()

    found = {f"repaint_{where}": median_ms(crisp, rounds)}
    found[f"again_{where}"] = median_ms(lambda _: canvas.repaint(), rounds)
    canvas.refine()
    found[f"pan_{where}"] = median_ms(pan, rounds)
    found[f"zoom_{where}"] = median_ms(zoom, rounds)
    canvas.refine()
    return found


def _dragging(canvas: MapCanvas, rounds: int) -> float:
    x, y = canvas.camera.to_screen(*canvas.scene.cards["a0"].box[:2])
    start = QPointF(x + 20, y + 20)
    gesture = Press(canvas, start, Hit("card", "a0", "actors"), NO_KEYS)
    canvas.begin(gesture)

    def step(at: int) -> None:
        gesture.move(start + QPointF(10 + 8 * (at % 12), 6), NO_KEYS)
        canvas.repaint()

    found = median_ms(step, rounds)
    canvas.cancel_gesture()
    return found


# -- the peers


def fetch_packages(folder: Path) -> None:
    """Fetch the libraries with npm, which checks them, and take out the one file of each."""
    for name, (version, inside, target) in PACKAGES.items():
        command = ["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        with tarfile.open(folder / done.stdout.split()[-1]) as archive:
            member = archive.extractfile(f"package/{inside}")
            if member is None:
                raise SystemExit(f"{name} {version} has no {inside}")
            (folder / target).write_bytes(member.read())


class Served(http.server.SimpleHTTPRequestHandler):
    """Serves the page and takes its results."""

    results: object = None
    arrived = threading.Event()

    def do_POST(self) -> None:
        """Keep the results."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Served.results = json.loads(body)
        self.send_response(204)
        self.end_headers()
        Served.arrived.set()

    @classmethod
    def forget(cls) -> None:
        """Wait for the results of another page."""
        cls.results = None
        cls.arrived.clear()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def measure_peers(folder: Path, drawing: dict[str, Any]) -> dict[str, Figures]:
    """Let a browser draw a map with each library and give what it found."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise SystemExit("Chromium is not installed; on Debian: apt install chromium")
    (folder / "maps.json").write_text(json.dumps([drawing]), encoding="utf-8")
    Served.forget()
    for name in ("page.html", "page.js"):
        shutil.copy(HERE / name, folder / name)
    handler = functools.partial(Served, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [
        *(browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *(f"--user-data-dir={folder / 'profile'}", f"--window-size={SIZE[0]},{SIZE[1] + 100}"),
        f"http://127.0.0.1:{server.server_port}/page.html",
    ]
    quiet = subprocess.DEVNULL
    shutil.rmtree(folder / "profile", ignore_errors=True)
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as running:
        arrived = Served.arrived.wait(WAIT)
        running.terminate()
    server.shutdown()
    if not arrived or not isinstance(Served.results, list):
        raise SystemExit(f"The browser gave no results: {Served.results}")
    return {str(found.pop("peer")): found for found in Served.results}


def one_round(folder: Path, ours: Ours, steps: int, *, ours_last: bool) -> dict[str, Figures]:
    """Figures of ours and of each library, measured one after the other."""
    drawing = ours.as_json(steps)
    if ours_last:
        return measure_peers(folder, drawing) | {OURS: ours.measure(steps)}
    found = {OURS: ours.measure(steps)}
    return found | measure_peers(folder, drawing)


def spread(values: Sequence[float], places: int) -> str:
    """The median with the range of the rounds."""
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{middle:.{places}f} ({least:.{places}f}-{most:.{places}f})"


def table(title: str, rounds: Sequence[dict[str, Figures]]) -> str:
    """Medians of the rounds, and how many times as long the libraries take."""
    names = [name for name in rounds[0] if name != OURS]
    visible = int(rounds[0][OURS]["visible"])
    head = "".join(f"{name:>26}{'times ours':>22}" for name in names)
    lines = [
        f"\n{title}; median of {len(rounds)} rounds (least-most)",
        f"{'ms':44}{'ours':>26}{head}",
    ]
    for key, words in ROWS.items():
        ours = [found[OURS][key] for found in rounds]
        row = f"{words.format(visible=visible):44}{spread(ours, 2):>26}"
        for name in names:
            theirs = [found[name][key] for found in rounds]
            times = [their / our for their, our in zip(theirs, ours, strict=True)]
            row += f"{spread(theirs, 1):>26}{spread(times, 1):>22}"
        lines.append(row)
    seen = ", ".join(f"{name} {int(rounds[0][name]['visible'])}" for name in names)
    lines.append(f"(cards in view there: ours {visible}, {seen})")
    return "\n".join(lines)


def main() -> None:
    """Measure ours and the libraries by turns; print a table for each size."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    versions = ", ".join(f"{name} {version}" for name, (version, _, _) in PACKAGES.items())
    sys.stdout.write(f"{versions}; load at the start {load:.1f}\n")
    chosen = CASES[: int(sys.argv[1])] if len(sys.argv) > 1 else CASES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fetch_packages(folder)
        for actors, linkages, steps, turns in chosen:
            ours = Ours(actors, linkages)
            rounds = [
                one_round(folder, ours, steps, ours_last=turn % 2 == 1) for turn in range(turns)
            ]
            sys.stdout.write(table(ours.title, rounds) + "\n")
            sys.stdout.flush()
    application.processEvents()


if __name__ == "__main__":
    main()
