"""What the window's actions do: it starts flows, swaps projects, and keeps the status true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from desktop.autosave import AutoSaver, autosave
from desktop.dialogs.about import AboutDialog, ShortcutsDialog
from desktop.dialogs.preferences import PreferencesDialog
from desktop.drafts import DraftKeeper
from desktop.flows.closing import may_close
from desktop.flows.exporting import export
from desktop.flows.importing import import_folder, import_workbook
from desktop.flows.importing_iati import import_iati
from desktop.flows.item_sets import bring_in_items, save_items
from desktop.flows.keys import manage_keys
from desktop.flows.merging import decide_conflicts, merge_with_file
from desktop.flows.opening import choose_and_open, open_project
from desktop.flows.own_key import own_key
from desktop.flows.presenting import Presenting
from desktop.flows.purging import purge_history
from desktop.flows.recovering import Recovered, recover
from desktop.flows.returning import bring_back
from desktop.flows.saving import change_passphrase, keep, save
from desktop.flows.sharing import share_a_copy
from desktop.flows.strays import go_on_with_draft, tell_of_strays
from desktop.map_actions import map_callbacks
from desktop.panels import Panels, Submit, make_panels
from desktop.protecting import protect_if_marked
from desktop.samples import load_sample, sample_title
from desktop.save_state import SaveState
from desktop.session import Session, opening_day
from desktop.status import Facts, window_title
from desktop.tasks import in_background
from desktop.timeline_in_view import in_view
from desktop.viewing import viewing_callbacks
from model.refusals import Refusal, Trouble
from model.storage.errors import Damaged
from resources.text import tr
from widgets.common.workspace import Workspace
from widgets.merging.map import MergeMap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from desktop.flows.opening import Opened
    from desktop.locking import Locker
    from desktop.looks import Looks
    from desktop.settings import Settings
    from desktop.tasks import Flow, FlowRunner
    from desktop.window import MainWindow
    from model.document import Content
    from model.drawing.text import TextEngine
    from model.storage.store import OpenedProject, Store

T = TypeVar("T")

_FACTS_AFTER_MS = 120


class Controller(QObject):
    """Joins window, flows and the open project; one per window."""

    def __init__(
        self,
        store: Store,
        text_engine: TextEngine,
        looks: Looks,
        today: Callable[[], date],
        drafts_folder: Path,
    ) -> None:
        """Keep the parts; `attach` gives the window."""
        super().__init__()
        self._store = store
        self._text_engine = text_engine
        self._looks = looks
        self._today = today
        self._drafts_folder = drafts_folder
        self.drafts: DraftKeeper | None = None
        self.autosaver: AutoSaver | None = None
        self._facts_timer = QTimer(self, singleShot=True, interval=_FACTS_AFTER_MS)
        self._facts_timer.timeout.connect(self._refresh_facts)
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self.panels: Panels | None = None
        self._facts: Facts | None = None
        self.locker: Locker | None = None
        self.presenting = Presenting()
        self.opens_protected = False

    def attach(self, window: MainWindow, runner: FlowRunner) -> None:
        """Take charge of a window."""
        self.window = window
        self.runner = runner
        runner.refused.connect(self.show_refusal)
        runner.busy.connect(window.show_busy)
        self._looks.changed.connect(self._restyle)
        self._restyle()
        self.refresh()

    def callbacks(self) -> Mapping[str, Callable[[], object]]:
        """What each action of `desktop.action_table` does."""
        return {
            "new": self.new,
            "open": self.open,
            "save": self.save,
            "save_as": lambda: self._start_with_session(keep),
            "passphrase": lambda: self._start_with_session(change_passphrase),
            "keys": lambda: self._start_with_session(manage_keys),
            "own_key": lambda: self.runner.start(own_key(self._store)),
            "recover": self.recover,
            "purge": lambda: self._import(self._purge),
            "lock": self.lock,
            "import_folder": lambda: self._import(import_folder),
            "import_workbook": lambda: self._import(import_workbook),
            "import_iati": lambda: self._import(import_iati),
            "return": lambda: self._import(bring_back),
            "items_in": lambda: self._import(bring_in_items),
            "items_out": lambda: self._import(save_items),
            "merge": self.merge,
            "conflicts": lambda: self._import(decide_conflicts),
            "export": self.export,
            "share": self.share,
            "close": self.close_project,
            "quit": self.quit,
            "undo": self.undo,
            "redo": self.redo,
            **map_callbacks(self),
            **viewing_callbacks(self),
            "analysis": lambda: self.window.raise_dock("analysis"),
            "preferences": self._ask_preferences,
            "theme_system": lambda: self._looks.choose("system"),
            "theme_light": lambda: self._looks.choose("light"),
            "theme_dark": lambda: self._looks.choose("dark"),
            "theme_contrast": lambda: self._looks.choose("contrast"),
            "reset_docks": self.window.reset_docks,
            "start_page": self.close_project,
            "shortcuts": lambda: ShortcutsDialog(self.window).ask(),
            "about": lambda: AboutDialog(self.window).ask(),
        }

    # -- projects come and go

    def new(self) -> None:
        """Begin an empty project in memory."""
        self._replace(lambda: self.show_content({}, None, tr("New project")))

    def open(self) -> None:
        """Choose and open a file."""
        self._replace(
            lambda: self.runner.start(
                choose_and_open(self._store, self._drafts_folder), self._opened
            )
        )

    def open_path(self, path: Path) -> None:
        """Open a file that was named on the command line or dropped."""
        self._replace(
            lambda: self.runner.start(
                open_project(self._store, self._drafts_folder, path), self._opened
            )
        )

    def open_sample(self, name: str) -> None:
        """Open a sample as a copy in memory."""
        self._replace(lambda: self.show_content(load_sample(name), None, sample_title(name)))

    def _opened(self, opened: Opened) -> None:
        if opened.work is not None and self.locker is not None:
            self.locker.restore(opened.project, opened.work, opened.drafts)
        else:
            self.show_content(opened.project.content, opened.project, opened.project.path.stem)
            go_on_with_draft(self, opened.drafts)
        protect_if_marked(self, opened.project.path)
        tell_of_strays(self, opened.drafts)

    def _replace(self, then: Callable[[], object]) -> None:
        """Let the open project go if it may, then go on."""
        if self.session is None:
            then()
            return

        def finish(may: object) -> None:
            if may:
                self._drop()
                then()

        self.runner.start(may_close(self._store, self.session), finish)

    def show_content(self, content: Content, project: OpenedProject | None, title: str) -> None:
        """Show a project in the window."""
        self._drop()
        session = Session(content, project, title, opening_day(content, self._today()))
        workspace = Workspace(
            session.document,
            session.history,
            self._text_engine,
            self._looks.style,
            session.as_of,
        )
        self.session, self.workspace = session, workspace
        workspace.protect(on=self.opens_protected)
        self.opens_protected = False
        session.map_of_merge = lambda plan: MergeMap(
            plan, session.document.content(), self._text_engine, workspace.style, workspace.as_of
        )
        self.drafts = DraftKeeper(session, self._drafts_folder, self._quietly)
        self.drafts.failed.connect(self.show_refusal)
        self.autosaver = AutoSaver(session, lambda: self._autosave(session))
        self.panels = make_panels(workspace, self._submitter(session))
        self._facts = facts = Facts(session.document, session.as_of)
        workspace.committed.connect(lambda commit: facts.follow(commit.patch))
        workspace.as_of_changed.connect(facts.set_as_of)
        session.state_changed.connect(self.refresh)
        session.first_edit.connect(self._offer_to_keep)
        workspace.refused.connect(self.show_refusal)
        workspace.hinted.connect(self.window.hint)
        workspace.committed.connect(lambda _: self.window.notices.move_on())
        self.panels.lens.changed.connect(self.window.notices.move_on)
        workspace.selection_changed.connect(lambda _: self.refresh())
        workspace.as_of_changed.connect(lambda _: self.refresh())
        workspace.protection_changed.connect(lambda _: self.refresh())
        self.window.show_project(self.panels)
        self.panels.connect_parts(self.window.raise_dock)
        self.panels.serve(self.window)
        self.panels.attention.findings_changed.connect(lambda _: self._facts_timer.start())
        self.refresh()

    def close_project(self) -> None:
        """Go back to the start page."""
        self._replace(lambda: None)

    def quit(self) -> None:
        """Leave, unless something unsaved is to be kept."""
        if self.locker is not None and self.locker.is_locked:
            self.locker.leave()
        else:
            self._replace(self._go)

    def recover(self) -> None:
        """Open an earlier version that is kept on this computer, as a copy in memory."""

        def show(found: Recovered) -> None:
            self._replace(lambda: self.show_content(found.content, None, found.title))

        self.runner.start(recover(self._store, self.session), show)

    def lock(self) -> None:
        """Lock the project now."""
        if self.locker is not None:
            self.locker.lock_now()

    def leave_locked(self) -> None:
        """Leave with everything sealed."""
        self._go()

    def _go(self) -> None:
        self.runner.cancel_all()
        geometry, docks = self.window.places()
        self._looks.remember_places(geometry, docks)
        self.window.go()

    def forget_project(self) -> None:
        """Take the project away without a question; its sealed draft keeps what is unsaved."""
        self._drop(keep_draft=True)

    def _drop(self, *, keep_draft: bool = False) -> None:
        if self.panels is None or self.workspace is None:
            return
        if self.drafts is not None:
            self.drafts.close(keep=keep_draft)
            self.drafts = None
        if self.autosaver is not None:
            self.autosaver.stop()
            self.autosaver = None
        self.presenting.end()
        self.window.notices.clear()
        self.window.drop_project(self.panels)
        self.workspace.close()
        if self.session is not None:
            self.session.close()
        self.session = self.workspace = self.panels = self._facts = None
        self.refresh()

    # -- saving, exporting, importing

    def save(self) -> None:
        """Save the open project."""
        self._start_with_session(save)

    def export(self) -> None:
        """Make a briefing pack for an audience."""
        if self.session is not None and self.workspace is not None:
            flow = export(self.runner, self.session, self.workspace.as_of, *in_view(self.panels))
            self.runner.start(flow, self._exported)

    def share(self) -> None:
        """Make a copy of a part for others."""
        if self.session is not None and self.workspace is not None and self.panels is not None:
            selected = frozenset(self.workspace.selected("actors"))
            shown, as_of = self.panels.lens.visible, self.workspace.as_of
            flow = share_a_copy(self._store, self.session, as_of, selected, shown)
            self.runner.start(flow, self._exported)

    def merge(self) -> None:
        """Bring in another copy of the project."""
        if self.session is not None:
            self.runner.start(merge_with_file(self._store, self.session), self._exported)

    def _exported(self, sentence: object) -> None:
        self.window.notices.show_notice(str(sentence))
        self.refresh()  # a purge leaves nothing to undo

    def _import(self, flow: Callable[[Session], Flow[str]]) -> None:
        if self.session is not None:
            self.runner.start(flow(self.session), self._exported)

    def _purge(self, session: Session) -> Flow[str]:
        return purge_history(self._store, session, self._drafts_folder)

    def _start_with_session(self, flow: Callable[[Store, Session], Flow[Any]]) -> None:
        if self.session is not None:
            self.session.history.close_step()
            self.runner.start(flow(self._store, self.session), self._kept)

    def _kept(self, said: object = None) -> None:
        if self.session is not None and self.session.state is SaveState.SAVED:
            self.window.notices.clear()
        if isinstance(said, str):
            self.window.notices.show_notice(said)
        self.refresh()

    def _autosave(self, session: Session) -> None:
        if self._looks.settings.autosave:
            self.runner.start(autosave(self._store, session))

    def _ask_preferences(self) -> None:
        dialog = PreferencesDialog(self.window, self._looks.settings)
        dialog.answered.connect(lambda settings: self._prefer(settings) if settings else None)
        dialog.ask()

    def _prefer(self, settings: Settings) -> None:
        self._looks.prefer(settings)
        self._store = replace(self._store, versions_kept=settings.versions_kept)

    def _submitter(self, session: Session) -> Submit:
        """How a panel computes beside the window; questions and answers count while it is open."""

        def submit(work: Callable[[], T], done: Callable[[T], None]) -> None:
            def flow() -> Flow[T]:
                return (yield from in_background(lambda _: work()))

            def answer(result: T) -> None:
                if self.session is session:
                    done(result)

            if self.session is session:
                self.runner.start(flow(), answer)

        return submit

    def _quietly(self, work: Callable[[], None]) -> None:
        def flow() -> Flow[None]:
            yield from in_background(lambda _: work())

        self.runner.start(flow())

    # -- editing

    def undo(self) -> None:
        """Take back the last step, wherever it was made."""
        if self.session is not None:
            step = self.session.history.undo_label
            if self.session.history.undo() is not None:
                self.window.hint(tr("Undone: {step}", step=step))

    def redo(self) -> None:
        """Do the last undone step again."""
        if self.session is not None:
            step = self.session.history.redo_label
            if self.session.history.redo() is not None:
                self.window.hint(tr("Done again: {step}", step=step))

    # -- telling

    def show_refusal(self, refusal: Refusal) -> None:
        """Say in the notice bar what was declined or went wrong."""
        severity = "high" if isinstance(refusal, Trouble) else "medium"
        if isinstance(refusal, Damaged):
            self.window.notices.show_notice(
                refusal.message,
                severity="high",
                action=tr("Recover an earlier version…"),
                callback=self.recover,
            )
            return
        passing = severity == "medium"
        self.window.notices.show_notice(refusal.message, severity=severity, is_passing=passing)

    def _offer_to_keep(self) -> None:
        self.window.notices.show_notice(
            tr("This project is only in memory. Keep it in an encrypted file?"),
            action=tr("Keep it as a file…"),
            callback=lambda: self._start_with_session(keep),
        )

    def _restyle(self) -> None:
        self.window.show_style(self._looks.style)
        if self.workspace is not None:
            self.workspace.set_style(self._looks.style)

    def refresh(self) -> None:
        """Bring actions, title and status up to date."""
        session, workspace, window = self.session, self.workspace, self.window
        is_open = session is not None
        history = session.history if session is not None else None
        states = {
            "always": True,
            "open": is_open,
            "undo": history is not None and history.can_undo,
            "redo": history is not None and history.can_redo,
            "selection": workspace is not None and bool(workspace.selection),
            "protected": workspace is not None and workspace.is_protected,
        }
        window.enable_actions(states)
        window.name_undo(
            history.undo_label if history is not None else "",
            history.redo_label if history is not None else "",
        )
        if session is not None and workspace is not None:
            window.setWindowTitle(window_title(session))
            window.show_state(session.state, session.state_in_words())
            self._facts_timer.start()

    def _refresh_facts(self) -> None:
        """Say the counts; a moment after the last change."""
        if self._facts is not None and self.panels is not None:
            words = self._facts.in_words(self.panels.attention.counts_text)
            self.window.facts_label.setText(words)
            self.window.toolbar.tlp_badge.show_label(self._facts.strictest_label)
