"""Work off the GUI thread: short questions, the user's verbs one after the other, and long jobs with progress.

Callbacks run on the GUI thread, and not at all when their owner is gone by then.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from threading import Event
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.job import Job, Progress
from weijian.qt.apart import JobCancelled, run_apart
from weijian.qt.messages import Messages

T = TypeVar("T")
Then = Callable[[Any], None]
Otherwise = Callable[[BaseException], None]

_ANSWERERS = 4


class JobState(StrEnum):
    """Where a long job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


class RunningJob(QObject):
    """A long job as the window shows it. ``moved`` is emitted whenever something of it changed."""

    moved = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.state = JobState.WAITING
        self.progress: Progress | None = None
        self.error: BaseException | None = None
        self.started_at: float | None = None
        self.ended_at: float | None = None
        self._stage_since = 0.0
        self.cancel_event = Event()

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED

    @property
    def seconds_left(self) -> float | None:
        """Estimate for the present stage, from its own pace; None while there is nothing to go by."""
        step = self.progress
        if step is None or self.has_ended or not 0 < step.done < step.total:
            return None
        return (time.monotonic() - self._stage_since) / step.done * (step.total - step.done)

    def cancel(self) -> None:
        """Ask the job to stop; it puts back what it had begun."""
        if not self.has_ended:
            self.cancel_event.set()
            self._become(JobState.CANCELLING)

    def begin(self) -> None:
        """Note that the job has its turn."""
        self.started_at = self._stage_since = time.monotonic()
        if self.state is JobState.WAITING:
            self._become(JobState.RUNNING)

    def step(self, progress: Progress) -> None:
        """Note progress."""
        if self.progress is None or self.progress.stage != progress.stage:
            self._stage_since = time.monotonic()
        self.progress = progress
        self.moved.emit()

    def end(self, error: BaseException | None) -> None:
        """Note the end."""
        self.ended_at = time.monotonic()
        self.error = error
        if error is None:
            self._become(JobState.DONE)
        else:
            self._become(JobState.CANCELLED if isinstance(error, JobCancelled) else JobState.FAILED)

    def _become(self, state: JobState) -> None:
        self.state = state
        self.moved.emit()


class Question:
    """A question that is being answered; :meth:`drop` when nobody wants to know any more."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._dropped = False
        self._future: Future[Any] | None = None

    @property
    def wanted(self) -> bool:
        """Whether there is still somebody to tell."""
        return not self._dropped and shiboken6.isValid(self._owner)

    def follow(self, future: Future[Any]) -> None:
        """Remember what is to be taken back when the question is dropped."""
        self._future = future

    def drop(self) -> None:
        """No longer wanted; nothing is called back."""
        self._dropped = True
        if self._future is not None:
            self._future.cancel()


class Jobs(QObject):
    """The workers of one window.

    Attributes
    ----------
    acted : Signal()
        After every action of this window, also one that left nothing but its entry in the audit.
    changed : Signal(ChangeSet)
        After an action that changed something; whoever shows a part of it looks again.
    listed : Signal()
        When a long job was added, or ended ones were taken off the list.
    """

    acted = Signal()
    changed = Signal(object)
    listed = Signal()
    _posted = Signal(object)

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._pool = ThreadPoolExecutor(_ANSWERERS, "ask")
        self._store = ThreadPoolExecutor(1, "keep")
        self._long = ThreadPoolExecutor(1, "job")
        self._closed = False
        self._pending = 0
        self.running: list[RunningJob] = []
        self._posted.connect(self._open_post, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any work is under way or on its way back."""
        return self._pending > 0

    @property
    def unfinished(self) -> tuple[RunningJob, ...]:
        """Long jobs that have not ended."""
        return tuple(job for job in self.running if not job.has_ended)

    def ask(
        self, owner: QObject, work: Callable[[], T], then: Callable[[T], None], otherwise: Otherwise | None = None
    ) -> Question:
        """Answer a short question in the pool.

        Parameters
        ----------
        owner : QObject
            Who asks; when it is gone, nothing is called.
        work : callable
            Runs in another thread; it touches no widget.
        then : callable
            Is given the answer on the GUI thread.
        otherwise : callable, optional
            Is given the error; without it the messages say it.
        """
        question = Question(owner)
        question.follow(self._submit(self._pool, work, lambda future: self._answer(question, future, then, otherwise)))
        return question

    def keep(
        self,
        owner: QObject,
        action: Callable[[], Done[T]],
        then: Callable[[T], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Do one of the user's actions in the store, after those asked for before it; then tell what changed."""
        question = Question(owner)
        self._submit(self._store, action, lambda future: self._kept(question, future, then, otherwise))

    def start(
        self,
        owner: QObject,
        title: str,
        call: Callable[[], Job[T]],
        then: Callable[[T], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> RunningJob:
        """Start a long job in a process of its own, after the long jobs asked for before it.

        ``call`` must be picklable (a ``functools.partial`` of a service). When the job answers a
        `weijian.domain.change_set.Done`, ``then`` is given its value and the change is told.
        """
        running = RunningJob(title, self)
        self.running.append(running)
        question = Question(owner)

        def work() -> T:
            if running.cancel_event.is_set():
                raise JobCancelled
            self._post(running.begin)
            return run_apart(call, lambda step: self._post(lambda: running.step(step)), running.cancel_event)

        self._submit(self._long, work, lambda future: self._ended(running, question, future, then, otherwise))
        self.listed.emit()
        return running

    def clear_ended(self) -> None:
        """Take the long jobs that have ended off the list."""
        for job in [job for job in self.running if job.has_ended]:
            self.running.remove(job)
            job.setParent(None)
        self.listed.emit()

    def close(self) -> None:
        """Cancel what can be cancelled and wait for the rest; nothing is called back any more."""
        self._closed = True
        for job in self.unfinished:
            job.cancel_event.set()
        for executor in (self._pool, self._long):
            executor.shutdown(wait=True, cancel_futures=True)
        self._store.shutdown(wait=True)

    def _submit(
        self, executor: ThreadPoolExecutor, work: Callable[[], T], home: Callable[[Future[T]], None]
    ) -> Future[T]:
        self._pending += 1
        future = executor.submit(work)
        future.add_done_callback(lambda done: self._post(lambda: self._arrive(home, done)))
        return future

    def _arrive(self, home: Callable[[Future[T]], None], future: Future[T]) -> None:
        self._pending -= 1
        if not future.cancelled():
            home(future)

    def _answer(self, question: Question, future: Future[T], then: Then, otherwise: Otherwise | None) -> None:
        if not question.wanted:
            return
        error = future.exception()
        if error is None:
            then(future.result())
        else:
            (otherwise or self._messages.problem)(error)

    def _kept(
        self, question: Question, future: Future[Done[T]], then: Then | None, otherwise: Otherwise | None
    ) -> None:
        error = future.exception()
        if error is None:
            self._tell(future.result().changes)
            if then is not None and question.wanted:
                then(future.result().value)
        elif otherwise is not None and question.wanted:
            otherwise(error)
        else:
            self._messages.problem(error)

    def _ended(
        self,
        running: RunningJob,
        question: Question,
        future: Future[Any],
        then: Then | None,
        otherwise: Otherwise | None,
    ) -> None:
        error = future.exception()
        running.end(error)
        if error is None:
            result = future.result()
            if isinstance(result, Done):
                self._tell(result.changes)
                result = result.value
            if then is not None and question.wanted:
                then(result)
        elif otherwise is not None and question.wanted:
            otherwise(error)
        elif not isinstance(error, JobCancelled):
            self._messages.problem(error)

    def _tell(self, changes: ChangeSet) -> None:
        self.acted.emit()
        if changes.parts:
            self.changed.emit(changes)

    def _post(self, letter: Callable[[], None]) -> None:
        """Have something done on the GUI thread; from any thread."""
        if not self._closed:
            self._posted.emit(letter)

    @Slot(object)
    def _open_post(self, letter: Callable[[], None]) -> None:
        if not self._closed:
            letter()
