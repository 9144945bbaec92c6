"""Locking: the window is covered at once, all is sealed, the key is dropped; never a question.

Order (safety study, section 6): cover the window; keep what is half-typed and end drags; wait at
most a second for a save under way; seal; put draft and sealed work on the medium; forget project,
history and key. A project that is in no file has no passphrase: it is only covered, and the page
says so.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolTip, QWidget
from shiboken6 import isValid

from desktop.dialogs.files import keyfile_question
from desktop.flows.secrets import key_from_file
from desktop.tasks import Flow, Progress, ask, in_background
from desktop.traces import clear_own_clipboard
from model.patch import Patch
from model.refusals import Refusal, Trouble
from model.storage.drafts import Drafts
from model.storage.errors import BadSecret, WrongKey, WrongPassphrase
from model.storage.filesystem import FileSystem
from model.storage.identities import typed_secret
from model.storage.lockedwork import (
    LockedProject,
    TypedText,
    Work,
    after_late_save,
    changes_between,
    drop_work,
    keep_work,
    lock,
    unlock,
)
from model.view_state import nameless_view, state_of
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.controller import Controller
    from desktop.session import Session
    from model.records import View
    from model.storage.keys import Secret
    from model.storage.store import OpenedProject
    from widgets.lock.page import LockPage

WAIT_FOR_SAVE_MS = 1_000
RETRY_MS = 5_000
_QT_DELETES_MS = 100


class Locker(QObject):
    """Locks and unlocks the project of one window."""

    def __init__(
        self, controller: Controller, page: LockPage, drafts: Path, forget_texts: Callable[[], None]
    ) -> None:
        """Watch over a controller that has its window; `forget_texts` empties caches of texts."""
        super().__init__(controller)
        self._controller = controller
        self._page = page
        self._drafts = drafts
        self._forget_texts = forget_texts
        self._locked: LockedProject | None = None
        self._waiting: Session | None = None
        self._draft: Path | None = None
        self._is_covered = False
        self._stopped_something = False
        self._was_protected = False
        self._follows_save = False
        self._patience = QTimer(self, singleShot=True, interval=WAIT_FOR_SAVE_MS)
        self._patience.timeout.connect(self._seal)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._put_on_medium)
        page.passphrase_given.connect(self._try_typed)
        page.keyfile_wanted.connect(self._ask_keyfile)
        page.uncover_wanted.connect(self._uncover)
        page.leave_wanted.connect(self.leave)

    @property
    def is_locked(self) -> bool:
        """Whether there is nothing of a project in memory that could be read without a secret."""
        return self._locked is not None

    @property
    def hides_the_project(self) -> bool:
        """Whether the window is covered, locked or not."""
        return self.is_locked or self._is_covered or self._waiting is not None

    def lock_now(self) -> None:
        """Lock; whatever is going on, without a question and without a loss."""
        session = self._controller.session
        if self.hides_the_project or session is None:
            return
        typed_in = self._controller.window.focusWidget()
        self._cover()
        self._stop_everything(typed_in)
        if session.project is None:
            self._is_covered = True
            self._page.show_covered(
                tr(
                    "This project is in no file and has no passphrase, so it cannot be locked: "
                    "whoever sits here can show it again. Keep it as a file, then Lock seals it."
                )
            )
            return
        self._waiting = session
        self._was_protected = session.document.is_protected
        if session.is_saving:
            self._page.show_covered(tr("Finishing the save, then it is locked."))
            self._page.uncover.hide()
            session.state_changed.connect(self._after_save)
            self._follows_save = True
            self._patience.start()
        else:
            self._seal()

    def leave(self) -> None:
        """Quit while locked; refused once where the last changes are on no medium yet."""
        if self._retry.isActive():
            self._put_on_medium()
        if self._retry.isActive() and not self._page.problem.text():
            self._page.complain(
                tr(
                    "The last changes could not be written to this computer yet. Unlock and save "
                    "to another drive; quitting now would lose them."
                )
            )
            return
        self._controller.leave_locked()

    # -- locking

    def _cover(self) -> None:
        window = self._controller.window
        window.cover(self._page)
        self._page.show_locked(tr("The project is sealed. Type its passphrase to go on."))
        QToolTip.hideText()
        window.repaint()

    def _stop_everything(self, typed_in: QWidget | None) -> None:
        """Keep what is half-typed, end drags, close dialogs and menus, stop work under way."""
        QGuiApplication.inputMethod().commit()
        workspace = self._controller.workspace
        if typed_in is not None and isValid(typed_in) and not self._page.isAncestorOf(typed_in):
            # Sent and not asked for: a window that is not in front has no focus to be taken away.
            QApplication.sendEvent(typed_in, QFocusEvent(QEvent.Type.FocusOut))
        if workspace is not None:
            workspace.broken_off.emit()
        popup = QApplication.activePopupWidget()
        while popup is not None and popup.close():
            popup = QApplication.activePopupWidget()
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                self._stopped_something = True
                dialog.reject()
        session = self._controller.session
        if session is None or not session.is_saving:
            self._controller.runner.cancel_all()

    def _after_save(self) -> None:
        if self._waiting is not None and not self._waiting.is_saving:
            self._seal()

    def _seal(self) -> None:
        session, self._waiting = self._waiting, None
        self._patience.stop()
        if session is None or session.project is None:
            return
        if self._follows_save:
            session.state_changed.disconnect(self._after_save)
            self._follows_save = False
        self._locked = lock(session.project, self._work(session, session.project))
        drafts = self._controller.drafts
        if drafts is not None:
            drafts.flush()
            self._draft = drafts.path
        self._put_on_medium()
        self._controller.runner.cancel_all()
        if session.is_saving:
            session.saved.connect(lambda _: self._saved_late(session))
        leftovers = self._holders()
        self._controller.forget_project()
        session.history.clear()
        session.document.wipe()
        session.project = None
        self._cover()
        clear_own_clipboard()
        self._forget_texts()
        QTimer.singleShot(_QT_DELETES_MS, lambda: _forget(leftovers))

    def _saved_late(self, session: Session) -> None:
        """A save has ended that did not within a second: the file is another one than was sealed.

        Else the next save would take our own for somebody else's.
        """
        project, session.project = session.project, None
        if self._locked is None or project is None:
            return
        mark = session.history.state().saved_mark
        self._locked = after_late_save(self._locked, project, mark)
        self._put_on_medium()

    def _holders(self) -> list[QObject]:
        """The widgets of the project; Python keeps what they point to beyond their end."""
        panels = self._controller.panels
        if panels is None:
            return []
        tops: list[QWidget] = [panels.centre, *panels.docked().values()]
        return [*tops, *(one for top in tops for one in top.findChildren(QObject))]

    def _work(self, session: Session, project: OpenedProject) -> Work:
        workspace = self._controller.workspace
        session.history.close_step()
        changes = changes_between(project.content, session.document.content())
        return Work(
            unsaved=Patch(tr("Recovered changes"), changes),
            history=session.history.state(),
            selection=workspace.selection if workspace is not None else (),
            as_of=workspace.as_of.isoformat() if workspace is not None else "",
            typed=self._typed(),
            view=self._looked_at(),
        )

    def _looked_at(self) -> View | None:
        panels = self._controller.panels
        if panels is None:
            return None
        return nameless_view(panels.views.present_look())

    def _typed(self) -> tuple[TypedText, ...]:
        """What stands half-typed in fields that did not take it."""
        panels = self._controller.panels
        if panels is None:
            return ()
        return tuple(
            TypedText(name, line.accessibleName(), line.text())
            for name, panel in panels.docked().items()
            for line in panel.findChildren(QLineEdit)
            if line.isModified() and line.text() and line.isVisibleTo(panel)
        )

    def _put_on_medium(self) -> None:
        if self._locked is None:
            return
        try:
            keep_work(FileSystem(), self._drafts, self._locked)
        except OSError:
            self._retry.start()
        else:
            self._retry.stop()

    # -- unlocking

    def _uncover(self) -> None:
        if self._is_covered:
            self._is_covered = False
            self._controller.window.uncover()
            self._controller.refresh()

    def _ask_keyfile(self) -> None:
        def flow() -> Flow[None]:
            path = yield from ask(keyfile_question)
            try:
                secret = yield from key_from_file(path)
            except (BadSecret, Trouble) as refusal:
                self._page.complain(refusal.message)
            else:
                self._try_secret(secret)

        self._controller.runner.start(flow())

    def _try_typed(self, text: str) -> None:
        try:
            self._try_secret(typed_secret(text))
        except BadSecret as refusal:
            self._page.complain(refusal.message)

    def _try_secret(self, secret: Secret) -> None:
        if self._locked is not None:
            self._page.complain("")
            self._page.set_busy(busy=True)
            self._controller.runner.start(self._unlocking(self._locked, secret))

    def _unlocking(self, locked: LockedProject, secret: Secret) -> Flow[None]:
        def work(_progress: Progress) -> tuple[OpenedProject, Work]:
            return unlock(locked, secret)

        try:
            project, found = yield from in_background(work)
        except (WrongPassphrase, WrongKey, BadSecret) as refusal:
            self._page.set_busy(busy=False)
            self._page.complain(refusal.message)
            return
        except Refusal:
            self._page.set_busy(busy=False)
            raise
        self._page.set_busy(busy=False)
        self._locked = None
        self._retry.stop()
        self.restore(project, found, Drafts(path=self._draft))

    def restore(self, project: OpenedProject, work: Work, found: Drafts) -> None:
        """Show a project with the work that was sealed, and changes drafted after that.

        Used after unlocking, and after opening a project that was left locked.
        """
        controller = self._controller
        controller.window.uncover()
        controller.opens_protected |= self._was_protected
        controller.show_content(project.content, project, project.path.stem)
        session, workspace, drafts = controller.session, controller.workspace, controller.drafts
        if session is None or workspace is None or drafts is None:
            return
        if work.unsaved.changes:
            session.document.apply(work.unsaved, "recover")
        session.history.restore(work.history)
        for patch in found.patches:
            session.document.apply(patch, "recover")
        changes = changes_between(project.content, session.document.content())
        drafts.begin_in_place_of(found.path)
        drafts.begin_with(Patch(work.unsaved.label, changes))
        if drafts.flush():
            drop_work(FileSystem(), self._drafts, project.stamp.project)
        with suppress(ValueError):
            workspace.set_as_of(date.fromisoformat(work.as_of))
        workspace.select(work.selection)
        if work.view is not None and controller.panels is not None:
            controller.panels.views.look_at(state_of(work.view))
        self._put_back(work.typed)
        if self._stopped_something:
            self._stopped_something = False
            controller.window.notices.show_notice(
                tr("An open dialog was closed by the lock; nothing in the project was lost.")
            )
        controller.refresh()

    def _put_back(self, typed: tuple[TypedText, ...]) -> None:
        panels = self._controller.panels
        shown = panels.docked() if panels is not None else {}
        for one in typed:
            panel = shown.get(one.panel)
            if panel is None:
                continue
            for line in panel.findChildren(QLineEdit):
                if line.accessibleName() == one.name and line.isVisibleTo(panel):
                    line.setFocus()
                    line.setText(one.text)
                    line.setModified(True)
                    break


def _forget(leftovers: list[QObject]) -> None:
    """Empty widgets that Qt has deleted: caches, models and pictures of the project go."""
    for one in leftovers:
        if not isValid(one):
            vars(one).clear()
    leftovers.clear()
    gc.collect()
