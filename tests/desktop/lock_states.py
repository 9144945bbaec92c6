"""States in which a window may be when it is locked, what locks it, and what must be there after.

Each state is set up with real events; what it gives back looks whether all of it came back.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from desktop.lock_triggers import IdleWatch, MinimiseWatch, SystemWatch
from desktop.tasks import Cancelled, in_background
from model.commands.actors import add_actor
from model.commands.notes import add_note
from model.commands.records import set_fields
from model.staging import staged
from tests.desktop.test_whole_way import session_of
from tests.widgets.canvas.conftest import on_card
from widgets.canvas.gestures.link import LinkDrag
from widgets.canvas.note_editor import NoteEditor
from widgets.lock.page import LockPage
from widgets.presenting.stage import Stage
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.controller import Controller
    from desktop.panels import Panels
    from desktop.tasks import Flow, Progress
    from model.document import Content
    from widgets.common.workspace import Workspace

    Look = Callable[[Controller, Content, Content], bool]

SECRET = "a passphrase for locking"
CANARY = "CANARY-5530"


def panels_of(controller: Controller) -> Panels:
    assert controller.panels is not None
    return controller.panels


def workspace_of(controller: Controller) -> Workspace:
    assert controller.workspace is not None
    return controller.workspace


def page_of(controller: Controller) -> LockPage:
    page = controller.window.stack.currentWidget()
    assert isinstance(page, LockPage)
    return page


class Waiter(Protocol):
    """What pytest-qt gives tests, and a suite has itself."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = ...) -> None:
        """Let the window live until a condition holds; raises when it takes too long."""


def unlock(waiter: Waiter, controller: Controller, secret: str = SECRET) -> None:
    page = page_of(controller)
    QTest.keyClicks(page.passphrase, secret)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    waiter.waitUntil(page.passphrase.isEnabled)


def edit(controller: Controller) -> Content:
    """An unsaved change, and one that was taken back."""
    document = session_of(controller).document
    set_fields(document, "actors", ["a"], {"notes": f"{CANARY} edited {document.revision}"})
    session_of(controller).history.close_step()
    add_actor(document, "mso", name="Added")
    session_of(controller).history.undo()
    return document.content()


def visible_texts(window: QWidget) -> str:
    parts = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            parts += [widget.toolTip(), widget.accessibleName(), widget.statusTip()]
            if isinstance(widget, QLabel | QLineEdit):
                parts.append(widget.text())
            elif isinstance(widget, QPlainTextEdit):
                parts.append(widget.toPlainText())
    return "\n".join(parts)


def field_of(controller: Controller, name: str) -> QLineEdit:
    fields = panels_of(controller).inspector.findChildren(QLineEdit)
    return next(one for one in fields if one.accessibleName() == name and one.isVisible())


def field(content: Content, table: str, record_id: str, name: str) -> Any:
    return getattr(content[table][record_id], name)


# States -----------------------------------------------------------------------------------------


def _same(_: Controller, before: Content, after: Content) -> bool:
    return after == before


def _has(table: str, record_id: str, name: str, value: str) -> Look:
    return lambda _controller, _before, after: field(after, table, record_id, name) == value


def nothing(_: Controller) -> Look:
    return _same


def typing_a_name(controller: Controller) -> Look:
    workspace_of(controller).select([("actors", "a")])
    line = field_of(controller, "Name")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, " typed")
    return lambda _, before, after: (
        field(after, "actors", "a", "name") == f"{field(before, 'actors', 'a', 'name')} typed"
        and after["actors"]["b"] == before["actors"]["b"]
    )


def typing_a_text(controller: Controller) -> Look:
    """In a field of several lines, which takes its text when it is left."""
    workspace_of(controller).select([("linkages", "a>b")])
    inspector = panels_of(controller).inspector
    text = next(one for one in inspector.findChildren(QPlainTextEdit) if one.isVisible())
    text.setFocus()
    QTest.keyClicks(text, "half a sen")
    return lambda _, before, after: (
        "half a sen" in repr(after["linkages"]["a>b"])
        and before["linkages"]["a>b"] != after["linkages"]["a>b"]
    )


def typing_half_a_date(controller: Controller) -> Look:
    """No date yet, so it is in no record: it stands in the field again."""
    workspace_of(controller).select([("phases", "f")])
    line = field_of(controller, "End")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2013-0")
    return lambda later, before, after: (
        after == before and field_of(later, "End").text() == "2013-0"
    )


def renaming_on_the_map(controller: Controller) -> Look:
    workspace_of(controller).select([("actors", "a")])
    canvas = panels_of(controller).map.canvas
    panels_of(controller).map.canvas.rename_selection()
    editor = canvas.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Typed on the map")
    return _has("actors", "a", "name", "Typed on the map")


def writing_a_note(controller: Controller) -> Look:
    canvas = panels_of(controller).map.canvas
    workspace = workspace_of(controller)
    note = add_note(workspace.document, "x", (40.0, 300.0))
    workspace.select([("notes", note.id)])
    panels_of(controller).map.canvas.rename_selection()
    editor = canvas.findChild(NoteEditor)
    assert editor is not None
    QTest.keyClicks(editor, "A half-written no")
    return _has("notes", note.id, "text", "A half-written no")


def naming_on_the_timeline(controller: Controller) -> Look:
    canvas = panels_of(controller).timeline.canvas
    canvas.reveal("phases", "f")
    placed = canvas.picture.find("phases", "f")
    assert placed is not None
    canvas.rename(placed)
    line = canvas.viewport().findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "Typed on a bar")
    return _has("phases", "f", "label", "Typed on a bar")


def dragging_a_card(controller: Controller) -> Look:
    canvas = panels_of(controller).map.canvas
    start = on_card(canvas, "a")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for part in (20, 60, 90):
        QTest.mouseMove(canvas, start + QPoint(part, 0))
    assert canvas.gesture is not None
    return lambda _, before, after: bool(
        field(after, "placements", "a", "x") > field(before, "placements", "a", "x") + 20
    )


def pulling_a_link(controller: Controller) -> Look:
    """Half a line is nothing yet."""
    canvas = panels_of(controller).map.canvas
    workspace_of(controller).select([("actors", "a")])
    canvas.begin(_half_a_link(controller))
    return _same


def _half_a_link(controller: Controller) -> LinkDrag:
    canvas = panels_of(controller).map.canvas
    gesture = LinkDrag(canvas, QPointF(on_card(canvas, "a")), "a")
    gesture.move(QPointF(on_card(canvas, "b")), Qt.KeyboardModifier.NoModifier)
    return gesture


def dragging_on_the_timeline(controller: Controller) -> Look:
    canvas = panels_of(controller).timeline.canvas
    canvas.reveal("phases", "f")
    placed = canvas.picture.find("phases", "f")
    assert placed is not None
    start = canvas.view_rect(placed).center()
    port = canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for part in (15, 40, 80):
        QTest.mouseMove(port, start + QPoint(part, 0))
    assert canvas.pointer.gesture is not None
    return lambda _, before, after: (
        field(after, "phases", "f", "start").iso() > field(before, "phases", "f", "start").iso()
    )


def searching(controller: Controller) -> Look:
    controller.window.commands.open_field()
    QTest.keyClicks(controller.window.commands, CANARY[:4])
    return _same


def presenting(controller: Controller) -> Look:
    session, workspace = session_of(controller), workspace_of(controller)
    content = staged(session.document.snapshot(), "RED", session.as_of, keep_positions=True)
    stage = Stage(content, "RED", session.as_of, QtTextEngine(system_fonts=True), workspace.style)
    controller.presenting.stage = stage
    stage.left.connect(controller.presenting._forget)
    stage.show()
    return _same


def in_a_dialog(controller: Controller) -> Look:
    controller.window.actions_by_id["export"].trigger()
    return _same


def in_a_dialog_over_a_dialog(controller: Controller) -> Look:
    controller.window.actions_by_id["keys"].trigger()
    controller.window.actions_by_id["export"].trigger()
    return _same


def choosing_a_file(controller: Controller) -> Look:
    controller.window.actions_by_id["save_as"].trigger()
    return _same


def in_a_menu(controller: Controller) -> Look:
    menu = controller.window.menuBar().actions()[0].menu()
    assert isinstance(menu, QMenu)
    menu.popup(QPoint(10, 10))
    return _same


def in_a_context_menu(controller: Controller) -> Look:
    canvas = panels_of(controller).map.canvas
    at = on_card(canvas, "a")
    why = QContextMenuEvent.Reason.Mouse
    QApplication.postEvent(canvas, QContextMenuEvent(why, at, canvas.mapToGlobal(at)))
    QApplication.processEvents()
    return _same


def in_a_list(controller: Controller) -> Look:
    """The list of a combo box, which is a window of its own."""
    workspace_of(controller).select([("actors", "a")])
    boxes = panels_of(controller).inspector.findChildren(QComboBox)
    next(one for one in boxes if one.isVisible()).showPopup()
    return _same


def saving(controller: Controller) -> Look:
    controller.save()
    return _same


def exporting(controller: Controller) -> Look:
    """Work that goes on until it is told to stop, as an export does."""
    stopped = threading.Event()

    def work(progress: Progress) -> None:
        while not progress.cancelled:
            stopped.wait(0.001)
        stopped.set()
        raise Cancelled

    def flow() -> Flow[None]:
        yield from in_background(work, "Making the pack")

    controller.runner.start(flow())
    return lambda _, before, after: after == before and stopped.wait(5)


STATES: tuple[Callable[[Controller], Look], ...] = (
    nothing,
    typing_a_name,
    typing_a_text,
    typing_half_a_date,
    renaming_on_the_map,
    writing_a_note,
    naming_on_the_timeline,
    dragging_a_card,
    pulling_a_link,
    dragging_on_the_timeline,
    searching,
    presenting,
    in_a_dialog,
    in_a_dialog_over_a_dialog,
    choosing_a_file,
    in_a_menu,
    in_a_context_menu,
    in_a_list,
    saving,
    exporting,
)


# What locks -------------------------------------------------------------------------------------


def _panic(controller: Controller) -> None:
    """The key itself, to the window that has the keyboard, as a dialog in front has."""
    QApplication.processEvents()
    window = QGuiApplication.modalWindow() or QGuiApplication.focusWindow()
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _minimised(controller: Controller) -> None:
    watch = MinimiseWatch(controller.window)
    watch.minimised.connect(controller.lock)
    controller.window.setWindowState(Qt.WindowState.WindowMinimized)
    QApplication.processEvents()
    controller.window.setWindowState(Qt.WindowState.WindowNoState)


def _idle(controller: Controller) -> None:
    seconds = [0.0]
    idle = IdleWatch(controller, lambda: 5, lambda: seconds[0])
    idle.idle.connect(controller.lock)
    seconds[0] = 299
    idle.check()
    assert controller.session is not None
    seconds[0] = 300
    idle.check()
    idle.deleteLater()


def _by_system(controller: Controller, tell: Callable[[SystemWatch], None]) -> None:
    watch = SystemWatch(controller)
    watch.lock_wanted.connect(controller.lock)
    tell(watch)
    watch.deleteLater()


def _screen(controller: Controller) -> None:
    def tell(watch: SystemWatch) -> None:
        watch._screen_locked(active=False)
        assert controller.session is not None
        watch._screen_locked(active=True)

    _by_system(controller, tell)


def _sleep(controller: Controller) -> None:
    _by_system(controller, lambda watch: watch._going_to_sleep(begins=True))


def _session(controller: Controller) -> None:
    _by_system(controller, lambda watch: watch._session_locked())


TRIGGERS: dict[str, Callable[[Controller], None]] = {
    "panic": _panic,
    "idle": _idle,
    "minimise": _minimised,
    "screen": _screen,
    "sleep": _sleep,
    "session": _session,
}
