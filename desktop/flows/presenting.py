"""Presenting: choose audience and display, make the copy beside the window, set the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from weakref import ref

from PySide6.QtGui import QGuiApplication

from desktop.dialogs.presenting import PresentChoice, PresentDialog
from desktop.tasks import Flow, ask, in_background
from model.staging import staged
from resources.text import tr
from widgets.presenting.stage import Stage
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from desktop.session import Session
    from desktop.tasks import FlowRunner
    from model.drawing.style import StyleSheet
    from model.view_state import ViewState
    from widgets.canvas.measuring import Submit

T = TypeVar("T")


class Presenting:
    """The presentation of one window: at most one at a time."""

    def __init__(self) -> None:
        """Begin without one; the audience that was chosen last is offered again."""
        self.stage: Stage | None = None
        self._audience = "GREEN"
        self._window: QWidget | None = None

    def present(
        self,
        runner: FlowRunner,
        session: Session,
        as_of: date,
        style: StyleSheet,
        look: ViewState | None = None,
    ) -> Flow[None]:
        """Ask, make the copy and show it; ends when the stage stands.

        Args:
            runner: reckons beside the stage.
            session: the project.
            as_of: the day that the window shows.
            style: the style of the window.
            look: how the window looks at it; shown where no saved view is for the audience.
        """
        snapshot = session.document.snapshot()

        def question(window: QWidget) -> PresentDialog:
            self._window = window
            return PresentDialog(window, snapshot, as_of, self._audience)

        choice: PresentChoice = yield from ask(question)
        self._audience = choice.audience
        content = yield from in_background(
            lambda _: staged(
                snapshot, choice.audience, as_of, keep_positions=choice.keep_positions, look=look
            ),
            tr("Preparing the presentation"),
        )
        self.end()
        engine = QtTextEngine(system_fonts=True)
        submit = self._submitter(runner)
        self.stage = Stage(content, choice.audience, as_of, engine, style, submit)
        self.stage.left.connect(self._forget)
        screens = QGuiApplication.screens()
        if choice.screen < len(screens):
            self.stage.setScreen(screens[choice.screen])
            self.stage.setGeometry(screens[choice.screen].geometry())
        self.stage.showFullScreen()
        self.stage.activateWindow()

    def _submitter(self, runner: FlowRunner) -> Submit:
        """How the next stage reckons beside its window; answers count while it stands.

        No object of the stage leads to the runner, and so to what the audience may not see.
        """
        the_runner, the_presenting = ref(runner), ref(self)

        def submit(work: Callable[[], T], done: Callable[[T], None]) -> None:
            runner, presenting = the_runner(), the_presenting()
            if runner is None or presenting is None:
                return
            stage = presenting.stage

            def flow() -> Flow[T]:
                return (yield from in_background(lambda _: work()))

            def answer(result: T) -> None:
                if stage is not None and presenting.stage is stage:
                    done(result)

            runner.start(flow(), answer)

        return submit

    def end(self) -> None:
        """Take the stage away, if there is one: the project closes or is locked."""
        if self.stage is not None:
            self.stage.close()

    def _forget(self) -> None:
        """The window gets the keyboard back, also where no window manager sees to that."""
        self.stage = None
        if self._window is not None:
            self._window.activateWindow()
            self._window = None
