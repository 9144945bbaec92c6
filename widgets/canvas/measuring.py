"""Measures by which cards are coloured or sized, reckoned beside the window.

The map shows the last figures until new ones are there. An edit, another day or another choice
makes an answer that is still on its way worthless: it is dropped, and asked for anew.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer

from model.drawing.shading import Shading, shading
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from widgets.canvas.view import MapView

    Key = tuple[int, date, str, str, frozenset[str] | None]

T = TypeVar("T")
_REST_MS = 200
"""Edits that follow each other faster than this are reckoned with once."""


class Submit(Protocol):
    """Runs work anywhere and calls back on the GUI thread."""

    def __call__(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` and hand its result to `done`."""


def at_once(work: Callable[[], T], done: Callable[[T], None]) -> None:
    """Compute on the calling thread."""
    done(work())


class Measuring(QObject):
    """Asks for the figures of one map when they are due."""

    def __init__(self, view: MapView, submit: Submit) -> None:
        """Reckon with `submit` from now on."""
        super().__init__(view)
        self._view = view
        self._submit = submit
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._again)
        self._is_waiting = False
        view.scene.shades.beside = True
        view.measures_wanted.connect(self.ask)

    def ask(self) -> None:
        """Reckon now, or once the last question has come to rest."""
        if self._rest.isActive():
            self._is_waiting = True
            return
        self._rest.start()
        view, options = self._view, self._view.scene.options
        snapshot, as_of = view.workspace.document.snapshot(), view.scene.as_of
        colour, size, visible = options.colour_by, options.size_by, options.visible
        view.tell(tr("Reckoning the figures of the map…"))

        def work() -> Shading:
            return shading(snapshot, as_of, colour, size, visible)

        self._submit(work, partial(self._take, self._key()))

    def _again(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self.ask()

    def _key(self) -> Key:
        """What an answer holds for."""
        view, options = self._view, self._view.scene.options
        revision = view.workspace.document.revision
        as_of, visible = view.scene.as_of, options.visible
        return revision, as_of, options.colour_by, options.size_by, visible

    def _take(self, asked: Key, found: Shading) -> None:
        view, scene = self._view, self._view.scene
        if asked != self._key():
            return
        view.tell("")
        scene.shades.take(found)
        view.take(scene.set_as_of(scene.as_of))
