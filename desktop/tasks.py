"""Flows: user operations written as generators that read from top to bottom.

A flow yields what it needs next: work off the GUI thread (`in_background`) or an answer from the
user (`ask`). The runner carries it out and sends the result back in. Only this module makes
threads; a worker gets snapshots and never touches widgets or the document. In tests, `serial`
runs everything at once on the calling thread.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from model.refusals import Refusal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

T = TypeVar("T")
_TURN = 0.0005
"""Seconds after which a worker gives way to the window.

Each call into Qt may hand Python's lock to a worker that computes. With Python's own 5 ms an edit
in such a moment took five times as long; workers lose a tenth at most.
"""
Flow = Generator[Any, Any, T]


class Cancelled(Exception):
    """The user gave up an operation; nothing has been changed."""


class Progress(QObject):
    """How far background work has come, and whether the user has given it up.

    Signals:
        moved: fraction done (0 to 1; below 0 when not known) and what is being done.
    """

    moved = Signal(float, str)

    def __init__(self) -> None:
        """Begin not cancelled."""
        super().__init__()
        self._given_up = threading.Event()

    def report(self, fraction: float, text: str) -> None:
        """Say how far the work is; called from the worker.

        Raises:
            Cancelled: when the user has given it up.
        """
        self.check()
        self.moved.emit(fraction, text)

    def check(self) -> None:
        """Raise Cancelled when the user has given it up."""
        if self._given_up.is_set():
            raise Cancelled

    @property
    def cancelled(self) -> bool:
        """Whether the user has given it up."""
        return self._given_up.is_set()

    def cancel(self) -> None:
        """Ask the worker to stop at the next chance."""
        self._given_up.set()


class Question(Protocol):
    """A dialog that a flow can wait for: opens without blocking and answers once."""

    answered: SignalInstance

    def ask(self) -> None:
        """Show the question."""


@dataclass(frozen=True)
class InBackground(Generic[T]):
    """Work for the worker thread; `title` is shown while it runs, "" for none."""

    work: Callable[[Progress], T]
    title: str


@dataclass(frozen=True)
class Ask:
    """A question for the user, made when the flow gets there."""

    make: Callable[[QWidget], Question]


def in_background(work: Callable[[Progress], T], title: str = "") -> Flow[T]:
    """Run work off the GUI thread and come back with its result or its exception."""
    result: T = yield InBackground(work, title)
    return result


def ask(make: Callable[[QWidget], Question]) -> Flow[Any]:
    """Ask the user and come back with the answer.

    Raises:
        Cancelled: when the user closes the question without answering.
    """
    answer = yield Ask(make)
    if answer is None:
        raise Cancelled
    return answer


class FlowRunner(QObject):
    """Carries flows out, each on its own, with a worker thread for each piece of work.

    Signals:
        refused: a `Refusal` that a flow did not handle; nothing was changed.
        busy: title of the newest work that runs and has one, and its Progress; ("", None) when
            none does.
    """

    refused = Signal(object)
    busy = Signal(str, object)
    _returned = Signal(object, object, object)

    def __init__(self, window: QWidget, *, serial: bool = False) -> None:
        """Run flows for a window; `serial` works on the calling thread, for tests."""
        super().__init__(window)
        self._window = window
        self._serial = serial
        self._running = 0
        self._progress: set[Progress] = set()
        self._titled: dict[Progress, str] = {}
        self._questions: set[Any] = set()
        self._workers: list[threading.Thread] = []
        self._returned.connect(self._resume)
        if not serial:
            sys.setswitchinterval(_TURN)

    @property
    def is_idle(self) -> bool:
        """Whether no flow is under way."""
        return self._running == 0

    def start(self, flow: Flow[Any], done: Callable[[Any], None] | None = None) -> None:
        """Begin a flow; `done` gets its result when it comes to its end."""
        self._running += 1
        self._advance(_Run(flow, done), None, None)

    def cancel_all(self) -> None:
        """Ask all running work to stop."""
        for progress in tuple(self._progress):
            progress.cancel()

    def wait(self) -> None:
        """Stop what can be stopped, and wait for the rest before the window goes."""
        self.cancel_all()
        for worker in self._workers:
            if worker.is_alive():
                worker.join()

    def _advance(self, run: _Run, value: object, error: BaseException | None) -> None:
        try:
            step = run.flow.throw(error) if error is not None else run.flow.send(value)
        except StopIteration as end:
            self._running -= 1
            if run.done is not None:
                run.done(end.value)
        except Cancelled:
            self._running -= 1
        except Refusal as refusal:
            self._running -= 1
            self.refused.emit(refusal)
        except BaseException:
            self._running -= 1
            raise
        else:
            self._carry_out(run, step)

    def _carry_out(self, run: _Run, step: InBackground[Any] | Ask) -> None:
        if isinstance(step, Ask):
            question = step.make(self._window)
            self._questions.add(question)
            question.answered.connect(lambda answer: self._answered(run, question, answer))
            question.ask()
            return
        progress = Progress()
        self._progress.add(progress)
        if step.title:
            self._titled[progress] = step.title
            self.busy.emit(step.title, progress)
        if self._serial:
            self._resume(run, progress, _outcome(step.work, progress))
            return
        worker = threading.Thread(
            target=self._work, args=(run, step.work, progress), name="crosstrack-worker"
        )
        self._workers = [one for one in self._workers if one.is_alive()] + [worker]
        worker.start()

    def _work(self, run: _Run, work: Callable[[Progress], object], progress: Progress) -> None:
        self._returned.emit(run, progress, _outcome(work, progress))

    def _resume(self, run: _Run, progress: Progress, outcome: _Outcome) -> None:
        self._progress.discard(progress)
        if self._titled.pop(progress, ""):
            newest = next(reversed(self._titled), None)
            self.busy.emit(self._titled[newest] if newest is not None else "", newest)
        self._advance(run, outcome.value, outcome.error)

    def _answered(self, run: _Run, question: object, answer: object) -> None:
        if question in self._questions:
            self._questions.discard(question)
            self._advance(run, answer, None)


class Newest(QObject):
    """Work that is asked for again before it is done: only the newest answer counts.

    One piece of work runs at a time; of those that wait, all but the newest are dropped.

    Signals:
        answered: the result of the newest work.
    """

    answered = Signal(object)

    def __init__(self, runner: FlowRunner) -> None:
        """Begin with nothing asked."""
        super().__init__()
        self._runner = runner
        self._waiting: Callable[[], object] | None = None
        self._runs = False
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self._runs or self._waiting is not None

    def ask(self, work: Callable[[], object]) -> None:
        """Do this work off the GUI thread; earlier work that is not done gives no answer."""
        self._waiting = work
        if not self._runs:
            self._begin()

    def close(self) -> None:
        """Give no answers any more."""
        self._closed, self._waiting = True, None

    def _begin(self) -> None:
        work, self._waiting = self._waiting, None
        if work is not None:
            self._runs = True
            self._runner.start(self._flow(work))

    def _flow(self, work: Callable[[], object]) -> Flow[None]:
        try:
            answer = yield from in_background(lambda _progress: work())
        finally:
            self._runs = False
            outdated = self._closed or self._waiting is not None
            self._begin()
        if not outdated:
            self.answered.emit(answer)


@dataclass(frozen=True, eq=False)
class _Run:
    flow: Flow[Any]
    done: Callable[[Any], None] | None


@dataclass(frozen=True)
class _Outcome:
    value: object = None
    error: BaseException | None = None


def _outcome(work: Callable[[Progress], object], progress: Progress) -> _Outcome:
    try:
        return _Outcome(value=work(progress))
    except BaseException as error:  # noqa: BLE001 - carried over to the flow, which raises it
        return _Outcome(error=error)
