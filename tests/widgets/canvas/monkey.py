"""Random gestures with real events, for the short test and the long command.

Run the long one with ``python -m tests.widgets.canvas.monkey 10000``.
"""

from __future__ import annotations

import ctypes
import os
import random
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from model.document import Document
from model.drawing.scene import MapScene
from model.drawing.style import style_sheet
from model.history import History
from model.integrity import check_content
from tests.widgets.canvas.conftest import drag, on_card, on_map, small_content
from widgets.canvas.hits import handles
from widgets.canvas.panel import MapPanel
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.canvas.canvas import MapCanvas

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
MODIFIERS = (
    NONE,
    NONE,
    NONE,
    CTRL,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEYS = (
    *((Qt.Key.Key_Left, NONE), (Qt.Key.Key_Down, NONE), (Qt.Key.Key_Up, CTRL)),
    *((Qt.Key.Key_D, CTRL), (Qt.Key.Key_C, CTRL), (Qt.Key.Key_V, CTRL), (Qt.Key.Key_A, CTRL)),
    *((Qt.Key.Key_G, NONE), (Qt.Key.Key_P, NONE), (Qt.Key.Key_N, NONE), (Qt.Key.Key_L, NONE)),
    *((Qt.Key.Key_Delete, NONE), (Qt.Key.Key_F2, NONE), (Qt.Key.Key_Escape, NONE)),
    *((Qt.Key.Key_Return, NONE), (Qt.Key.Key_Tab, NONE), (Qt.Key.Key_Home, NONE)),
    *((Qt.Key.Key_Plus, CTRL), (Qt.Key.Key_Minus, CTRL), (Qt.Key.Key_0, CTRL)),
)
MOST_ACTORS = 24
ROUND = 400
"""Fewer gestures than steps that undo keeps."""


class Monkey:
    """Does random things to a canvas, the same ones for the same seed."""

    def __init__(self, canvas: MapCanvas, seed: int) -> None:
        """Take hold of the canvas."""
        self.canvas = canvas
        self.random = random.Random(seed)
        self._moves: tuple[Callable[[], None], ...] = (
            *(self._drag_anything,) * 4,
            *(self._drag_card,) * 4,
            *(self._draw_link,) * 3,
            *(self._drag_link_handle,) * 2,
            self._drag_note_or_title,
            self._drag_strip,
            *(self._click,) * 4,
            self._press_key,
            self._press_key,
            self._press_key,
            self._abandon,
            self._undo_or_redo,
            self._edit,
            self._zoom,
        )

    def act(self) -> None:
        """One random gesture."""
        self.random.choice(self._moves)()
        if len(self.canvas.workspace.document.actors) > MOST_ACTORS:
            self.canvas.workspace.history.undo()

    def _point(self) -> QPoint:
        return QPoint(
            self.random.randrange(self.canvas.width()), self.random.randrange(self.canvas.height())
        )

    def _card_point(self) -> QPoint:
        cards = list(self.canvas.scene.cards)
        return on_card(self.canvas, self.random.choice(cards)) if cards else self._point()

    def _target(self) -> QPoint:
        return self._card_point() if self.random.random() < 0.5 else self._point()

    def _drag_anything(self) -> None:
        drag(self.canvas, self._point(), self._target(), modifiers=self.random.choice(MODIFIERS))

    def _drag_card(self) -> None:
        modifiers = self.random.choice(MODIFIERS)
        drag(self.canvas, self._card_point(), self._target(), modifiers=modifiers)

    def _draw_link(self) -> None:
        """From a handle of a card to another card, or into nowhere."""
        cards = [card for card in self.canvas.scene.cards.values() if card.table == "actors"]
        if not cards:
            return
        card = self.random.choice(cards)
        QTest.mouseMove(self.canvas, on_card(self.canvas, card.id))
        x, y = self.random.choice(handles(self.canvas.seen_box(card), self.canvas.camera))
        drag(self.canvas, QPoint(round(x), round(y)), self._target())

    def _drag_link_handle(self) -> None:
        links = list(self.canvas.scene.links)
        if links:
            self.canvas.workspace.select([("linkages", self.random.choice(links))])
            handle = self.random.choice(self.canvas.selected_link_handles())
            drag(self.canvas, QPoint(round(handle.x), round(handle.y)), self._target())

    def _drag_note_or_title(self) -> None:
        """A note, or a group by its name, with whatever else is selected."""
        scene = self.canvas.scene
        boxes = [note.box for note in scene.notes.values()]
        boxes += [outline.title_box for outline in scene.outlines.values()]
        if boxes:
            left, top, right, bottom = self.random.choice(boxes)
            start = on_map(self.canvas, (left + right) / 2, (top + bottom) / 2)
            modifiers = self.random.choice(MODIFIERS)
            drag(self.canvas, start, self._target(), modifiers=modifiers)

    def _drag_strip(self) -> None:
        """A band by its name, its border or the arrow that collapses it."""
        height = self.canvas.height()
        start = QPoint(12, self.random.randrange(height))
        drag(self.canvas, start, QPoint(12, self.random.randrange(height)))

    def _click(self) -> None:
        click = QTest.mouseDClick if self.random.random() < 0.25 else QTest.mouseClick
        click(self.canvas, LEFT, self.random.choice(MODIFIERS), self._target())
        self._type()

    def _press_key(self) -> None:
        key, modifiers = self.random.choice(KEYS)
        QTest.keyClick(self.canvas, key, modifiers)
        self._type()

    def _type(self) -> None:
        editor = self.canvas.editor or self.canvas.notes.editor
        if editor is not None:
            QTest.keyClicks(editor, self.random.choice(("Envoy", "", "Elders' council")))
            keep = self.random.random() < 0.7
            QTest.keyClick(editor, Qt.Key.Key_Return if keep else Qt.Key.Key_Escape, CTRL)

    def _abandon(self) -> None:
        content = self.canvas.workspace.document.content()
        end = self._target()
        drag(self.canvas, self._target(), end, release=False)
        QTest.keyClick(self.canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(self.canvas, LEFT, NONE, end)
        assert self.canvas.workspace.document.content() == content

    def _undo_or_redo(self) -> None:
        history = self.canvas.workspace.history
        step = history.undo if self.random.random() < 0.7 else history.redo
        for _ in range(self.random.randrange(1, 4)):
            step()

    def _edit(self) -> None:
        edits = self.canvas.edits
        self.random.choice(
            (
                lambda: edits.align("left"),
                lambda: edits.align("middle"),
                lambda: edits.distribute("across"),
                edits.same_width,
                edits.own_width,
            )
        )()

    def _zoom(self) -> None:
        self.random.choice((self.canvas.zoom_fit, self.canvas.zoom_100))()


def check(canvas: MapCanvas) -> None:
    """The rules hold, and the scene that followed is the one that would be built anew."""
    document, scene = canvas.workspace.document, canvas.scene
    check_content(document.content())
    assert canvas.gesture is None or not canvas.frame.hidden_cards
    fresh = MapScene(document, scene.as_of, scene.options)
    stored = {i for i in document.actors if i in document.placements}
    if stored == set(document.actors):
        assert scene.cards == fresh.cards
        assert scene.bands == fresh.bands
        assert set(scene.links) == set(fresh.links)
        assert scene.notes == fresh.notes
        assert scene.outlines.keys() == fresh.outlines.keys()
    assert set(canvas.renderer.cards.row_of) == set(scene.cards)
    assert set(canvas.renderer.links.row_of) == set(scene.links)


def redo_all(history: History) -> None:
    """Do every undone step again."""
    while history.can_redo:
        history.redo()


def run(canvas: MapCanvas, gestures: int, seed: int, check_every: int) -> None:
    """Do so many gestures (fewer than undo keeps), check, undo to the start, redo to the end."""
    document, history = canvas.workspace.document, canvas.workspace.history
    start = document.content()
    monkey = Monkey(canvas, seed)
    for number in range(gestures):
        monkey.act()
        if number % check_every == 0:
            canvas.grab()
            check(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    check(canvas)
    redo_all(history)
    end = document.content()
    while history.can_undo:
        history.undo()
    assert document.content() == start
    check(canvas)
    redo_all(history)
    assert document.content() == end
    check(canvas)


def resident() -> int:
    """Megabytes in memory now, after the C library has given back what nobody holds any more.

    Pictures and glyphs of many sizes come and go; glibc keeps their room in pieces, which looks
    like a leak and is none: opening and closing windows alone leaves nothing behind.
    """
    if sys.platform != "linux":
        return 0
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


def open_panel(document: Document) -> MapPanel:
    """A window with a map."""
    workspace = Workspace(
        document, History(document), QtTextEngine(), style_sheet("light"), date(2013, 2, 15)
    )
    panel = MapPanel(workspace)
    panel.resize(1200, 900)
    panel.show()
    QTest.qWaitForWindowExposed(panel)
    panel.canvas.setFocus()
    return panel


def main(count: int, seed: int) -> None:
    """Rounds of gestures, each on what the one before has left; a round's seed is told if it fails.

    To repeat a failing round alone, give its own seed and `ROUND` gestures.
    """
    document = Document(small_content())
    edits, most, held, start = 0, 0, 0, time.monotonic()
    for number in range(0, count, ROUND):
        panel = open_panel(document)
        try:
            run(panel.canvas, min(ROUND, count - number), seed + number, check_every=25)
        except BaseException:
            sys.stderr.write(f"Failed in the round from gesture {number}, seed {seed + number}.\n")
            raise
        edits += document.revision
        most = max(most, len(document.linkages))
        document = Document(document.content())
        panel.workspace.close()
        panel.workspace.deleteLater()  # It would keep alive those who listened to it.
        panel.close()
        panel.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        held = resident()
        so_far = min(number + ROUND, count)
        sys.stderr.write(f"{so_far} gestures, {edits} commits, {held} MB held\n")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"{count} gestures, seed {seed}, {edits} commits, up to {most} linkages left by a round: "
        "model and view agree; each round undone and redone. "
        f"{time.monotonic() - start:.0f} s, {time.process_time():.0f} s of it computing; at most "
        f"{megabytes} MB, {held} MB held at the end.\n"
    )


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 10_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
    )
