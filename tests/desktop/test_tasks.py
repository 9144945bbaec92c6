"""Flows: background work, questions, giving up, errors."""

from __future__ import annotations

import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.tasks import Cancelled, Flow, FlowRunner, Newest, Progress, ask, in_background
from model.refusals import Refusal

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Echo(QObject):
    """A question that answers by itself."""

    answered = Signal(object)

    def __init__(self, answer: object) -> None:
        super().__init__()
        self._answer = answer

    def ask(self) -> None:
        QTimer.singleShot(0, lambda: self.answered.emit(self._answer))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _run(qtbot: QtBot, runner: FlowRunner, flow: Flow[object]) -> list[object]:
    results: list[object] = []
    runner.start(flow, results.append)
    qtbot.waitUntil(lambda: runner.is_idle)
    return results


def test_work_runs_on_another_thread_and_comes_back(qtbot: QtBot, window: QWidget) -> None:
    here = threading.get_ident()

    def flow() -> Flow[object]:
        there = yield from in_background(lambda _: threading.get_ident())
        assert threading.get_ident() == here
        return there != here

    assert _run(qtbot, FlowRunner(window), flow()) == [True]


def test_serial_work_runs_here(qtbot: QtBot, window: QWidget) -> None:
    def flow() -> Flow[object]:
        return (yield from in_background(lambda _: threading.get_ident()))

    assert _run(qtbot, FlowRunner(window, serial=True), flow()) == [threading.get_ident()]


def test_an_answer_comes_back_and_none_gives_up(qtbot: QtBot, window: QWidget) -> None:
    def flow(answer: object) -> Flow[object]:
        return (yield from ask(lambda _window: Echo(answer)))

    runner = FlowRunner(window)
    assert _run(qtbot, runner, flow("yes")) == ["yes"]
    assert _run(qtbot, runner, flow(None)) == []


def test_a_refusal_of_the_worker_reaches_the_flow_first(qtbot: QtBot, window: QWidget) -> None:
    def work(_progress: Progress) -> str:
        raise Refusal("test", "no")

    def careful() -> Flow[object]:
        try:
            yield from in_background(work)
        except Refusal as refusal:
            return refusal.message
        return "unreached"

    def careless() -> Flow[object]:
        return (yield from in_background(work))

    runner = FlowRunner(window)
    assert _run(qtbot, runner, careful()) == ["no"]
    with qtbot.waitSignal(runner.refused) as heard:
        runner.start(careless())
    assert heard.args[0].message == "no"


def test_cancelling_stops_the_work(qtbot: QtBot, window: QWidget) -> None:
    started = threading.Event()
    stopped = threading.Event()

    def work(progress: Progress) -> str:
        started.set()
        try:
            while not stopped.wait(0.001):
                progress.check()
        except Cancelled:
            stopped.set()
            raise
        return "unreached"

    def flow() -> Flow[object]:
        return (yield from in_background(work, "Working"))

    runner = FlowRunner(window)
    runner.start(flow(), lambda _: pytest.fail("a cancelled flow has no result"))
    assert started.wait(5)
    runner.cancel_all()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert stopped.is_set()


def test_quiet_work_hides_no_progress_and_the_newest_titled_work_is_shown(
    qtbot: QtBot, window: QWidget
) -> None:
    runner = FlowRunner(window)
    told: list[str] = []
    runner.busy.connect(lambda title, _progress: told.append(title))
    gates = {name: threading.Event() for name in ("pack", "quiet", "merge")}

    def flow(name: str, title: str) -> Flow[object]:
        return (yield from in_background(lambda _: gates[name].wait(10), title))

    done: list[str] = []
    for name, title in (("pack", "Making the pack"), ("quiet", ""), ("merge", "Merging")):
        runner.start(flow(name, title), partial(lambda name, _: done.append(name), name))
    assert told == ["Making the pack", "Merging"]
    for name, last in (("quiet", "Merging"), ("merge", "Making the pack"), ("pack", "")):
        gates[name].set()
        qtbot.waitUntil(partial(done.__contains__, name))
        assert told[-1] == last
    assert runner.is_idle


def test_only_the_newest_of_several_questions_is_answered(qtbot: QtBot, window: QWidget) -> None:
    newest = Newest(FlowRunner(window))
    answers: list[object] = []
    newest.answered.connect(answers.append)
    begun: list[str] = []
    go_on = threading.Event()

    def work(name: str) -> str:
        begun.append(name)
        assert go_on.wait(10)
        return name

    for name in ("first", "second", "third"):
        newest.ask(partial(work, name))
    assert newest.is_open
    with qtbot.waitSignal(newest.answered):
        go_on.set()
    assert answers == ["third"]
    assert begun == ["first", "third"]
    assert not newest.is_open


def test_after_closing_there_is_no_answer_and_after_a_failure_the_next(
    qtbot: QtBot, window: QWidget
) -> None:
    runner = FlowRunner(window)
    newest = Newest(runner)
    answers: list[object] = []
    newest.answered.connect(answers.append)

    def work() -> str:
        raise Refusal("test", "no")

    with qtbot.waitSignal(runner.refused):
        newest.ask(work)
    with qtbot.waitSignal(newest.answered):
        newest.ask(lambda: "yes")
    newest.ask(lambda: "late")
    newest.close()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert answers == ["yes"]


def test_a_worker_that_computes_gives_way_to_the_window(window: QWidget) -> None:
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        FlowRunner(window, serial=True)
        assert sys.getswitchinterval() == pytest.approx(0.005)

        FlowRunner(window)
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before)
