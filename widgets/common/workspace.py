"""The workspace: what all panels of one window look at, and the one signal per commit.

It joins the document (data), the selection, the date cursor and the style. Panels never talk to
each other; they change the workspace or call `model.commands`, and hear of it from here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Signal

from model.document import protected
from model.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.document import Commit, Document
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.history import History

Result = TypeVar("Result")
Key = tuple[str, str]
"""A thing that can be selected: (table, record id)."""
DropTaker = Callable[[QPoint, tuple[str, ...], bool], str]
"""Takes actors that are let go over it from another panel: place on the screen, ids, whether to do
it now rather than say what it would do. Gives that in words; "" where nothing would be taken."""


class Workspace(QObject):
    """One open project as the panels see it.

    Signals:
        committed: a `model.document.Commit`, once per commit, on the GUI thread.
        selection_changed: the new selection, a tuple of (table, id).
        as_of_changed: the new date of the cursor.
        style_changed: theme or text engine changed; redraw everything.
        hinted: what a release would do now, for the status line; "" clears it.
        refused: a `Refusal` to show at the spot or in the notice bar.
        reveal_wanted: (table, id) to bring into view on the map or timeline.
        protection_changed: whether the project is protected from changes now.
        broken_off: the window is being covered; drags end now, and what they moved stays.
    """

    committed = Signal(object)
    selection_changed = Signal(object)
    as_of_changed = Signal(object)
    style_changed = Signal()
    hinted = Signal(str)
    refused = Signal(object)
    reveal_wanted = Signal(str, str)
    protection_changed = Signal(bool)
    broken_off = Signal()

    def __init__(
        self,
        document: Document,
        history: History,
        text_engine: TextEngine,
        style: StyleSheet,
        as_of: date,
    ) -> None:
        """Join the parts; call from the GUI thread."""
        super().__init__()
        self.document = document
        self.history = history
        self.text_engine = text_engine
        self.style = style
        self._as_of = as_of
        self._selection: tuple[Key, ...] = ()
        self._unsubscribe = document.subscribe(self._follow)
        self.drop_takers: list[DropTaker] = []

    @property
    def as_of(self) -> date:
        """The day for which everything is shown."""
        return self._as_of

    @property
    def selection(self) -> tuple[Key, ...]:
        """What is selected, in the order of selecting."""
        return self._selection

    def selected(self, table: str) -> tuple[str, ...]:
        """Ids of the selected records of one table."""
        return tuple(record_id for name, record_id in self._selection if name == table)

    def select(self, keys: Iterable[Key]) -> None:
        """Select these things instead of what was selected; things that are gone are left out."""
        wanted = tuple(dict.fromkeys(key for key in keys if self.document.get(*key) is not None))
        if wanted != self._selection:
            self._selection = wanted
            self.selection_changed.emit(wanted)

    def set_as_of(self, day: date) -> None:
        """Move the date cursor; the selection stays."""
        if day != self._as_of:
            self._as_of = day
            self.as_of_changed.emit(day)

    def set_style(self, style: StyleSheet) -> None:
        """Show everything in another style (light, dark, high contrast)."""
        self.style = style
        self.style_changed.emit()

    @property
    def is_protected(self) -> bool:
        """Whether nothing can be changed."""
        return self.document.is_protected

    def protect(self, *, on: bool) -> None:
        """Refuse all changes from now on, or allow them again."""
        if on != self.document.is_protected:
            self.document.is_protected = on
            self.protection_changed.emit(on)

    def may_edit(self) -> bool:
        """Whether an edit can begin; says why not, where the project is protected."""
        if self.is_protected:
            self.refused.emit(protected())
        return not self.is_protected

    def attempt(self, command: Callable[[], Result]) -> Result | None:
        """Run a command of `model.commands`; a refusal goes to `refused` and leaves no trace."""
        try:
            return command()
        except Refusal as refusal:
            self.refused.emit(refusal)
            return None

    def offer_actors(self, at: QPoint, ids: tuple[str, ...], *, now: bool) -> str:
        """Offer actors that are dragged over the screen to whichever panel takes them there."""
        return next((said for take in self.drop_takers if (said := take(at, ids, now))), "")

    def reveal(self, table: str, record_id: str) -> None:
        """Select a thing and bring it into view."""
        self.select([(table, record_id)])
        self.reveal_wanted.emit(table, record_id)

    def close(self) -> None:
        """Stop following the document."""
        self._unsubscribe()

    def _follow(self, commit: Commit) -> None:
        alive = tuple(key for key in self._selection if self.document.get(*key) is not None)
        self.committed.emit(commit)
        if alive != self._selection:
            self._selection = alive
            self.selection_changed.emit(alive)
