import threading
import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from helpers.recorded_messages import RecordedMessages
from weijian.domain.change_set import ChangeSet, Done, Part
from weijian.domain.errors import FileMissing
from weijian.domain.job import Job, Progress
from weijian.qt import apart
from weijian.qt.jobs import Jobs, JobState

CHANGED = ChangeSet(frozenset({Part.CASES}))


def count_to(number: int, wait_s: float = 0.0, mark: Path | None = None) -> Job[Done[int]]:
    try:
        for done in range(number):
            time.sleep(wait_s)
            yield Progress("evidence", done, number)
    finally:
        if mark is not None:
            mark.write_text("put back", encoding="utf-8")
    return Done(number, CHANGED)


def missing() -> Job[None]:
    yield Progress("read", 0, 1)
    raise FileMissing(path="a.tif")


def faulty() -> Job[None]:
    yield Progress("read", 0, 1)
    raise ZeroDivisionError("oh")


def killed() -> Job[None]:
    import os

    yield Progress("read", 0, 1)
    os._exit(7)


def long_step() -> Job[None]:
    yield Progress("read", 0, 1)
    time.sleep(600.0)
    yield Progress("read", 1, 1)


@pytest.fixture
def jobs(qtbot: QtBot, messages: RecordedMessages):
    made = Jobs(messages)
    yield made
    made.close()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_an_answer_comes_back_on_the_gui_thread(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    answers = []
    jobs.ask(owner, threading.get_ident, lambda ident: answers.append((ident, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0][0] != threading.get_ident() == answers[0][1]


def test_nobody_is_told_who_is_gone_or_no_longer_asks(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    told = []
    gate = threading.Event()
    gone = QObject()
    jobs.ask(gone, gate.wait, told.append)
    jobs.ask(owner, gate.wait, told.append).drop()
    gone.deleteLater()
    qtbot.wait(1)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told == []


def test_actions_are_done_one_after_the_other_and_tell_what_changed(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    order, changes = [], []
    jobs.changed.connect(changes.append)

    def action(number: int) -> Done[int]:
        time.sleep(0.05 / number)
        order.append(number)
        return Done(number, CHANGED if number == 1 else ChangeSet())

    results = []
    for number in (1, 2, 3):
        jobs.keep(owner, partial(action, number), results.append)
    qtbot.waitUntil(lambda: len(results) == 3)
    assert order == results == [1, 2, 3]
    assert changes == [CHANGED]


def test_an_error_is_said_unless_somebody_takes_it(
    qtbot: QtBot, jobs: Jobs, owner: QObject, messages: RecordedMessages
) -> None:
    def fail() -> Done[int]:
        raise FileMissing(path="a.tif")

    taken = []
    jobs.keep(owner, fail)
    jobs.ask(owner, fail, print)
    jobs.keep(owner, fail, otherwise=taken.append)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert len(taken) == 1
    assert messages.problems[0] == messages.problems[1]
    messages.problems.pop()
    messages.expect("a.tif")


def test_a_long_job_shows_its_progress(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    results, steps, changes = [], [], []
    jobs.changed.connect(changes.append)
    running = jobs.start(owner, "计数", partial(count_to, 5, 0.1), results.append)
    running.moved.connect(lambda: steps.append((running.state, running.progress, running.seconds_left)))
    qtbot.waitUntil(lambda: bool(results), timeout=20_000)
    assert results == [5]
    assert changes == [CHANGED]
    assert running.state is JobState.DONE
    assert Progress("evidence", 3, 5) in [progress for _, progress, _ in steps]
    left = [seconds for _, progress, seconds in steps if progress == Progress("evidence", 4, 5)]
    assert 0 < left[0] < 10


def test_a_cancelled_job_puts_back_what_it_began(qtbot: QtBot, jobs: Jobs, owner: QObject, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    running = jobs.start(owner, "计数", partial(count_to, 10_000, 0.02, mark))
    qtbot.waitUntil(lambda: running.progress is not None, timeout=20_000)
    start = time.monotonic()
    running.cancel()
    assert running.state is JobState.CANCELLING
    qtbot.waitUntil(lambda: running.has_ended)
    assert time.monotonic() - start < 20  # counting to the end would take 200 s
    assert running.state is JobState.CANCELLED
    assert mark.read_text(encoding="utf-8") == "put back"


def test_a_job_in_the_middle_of_a_long_step_is_stopped_by_force(
    qtbot: QtBot, jobs: Jobs, owner: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_GRACE_S", 0.5)
    running = jobs.start(owner, "读取", partial(long_step))
    qtbot.waitUntil(lambda: running.progress is not None, timeout=20_000)
    running.cancel()
    qtbot.waitUntil(lambda: running.has_ended, timeout=20_000)
    assert running.state is JobState.CANCELLED


def test_a_job_that_waits_can_be_cancelled_too(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    first = jobs.start(owner, "计数", partial(count_to, 10_000, 0.02))
    second = jobs.start(owner, "计数", partial(count_to, 10_000, 0.02))
    second.cancel()
    first.cancel()
    qtbot.waitUntil(lambda: not jobs.unfinished, timeout=20_000)
    assert {first.state, second.state} == {JobState.CANCELLED}


@pytest.mark.parametrize(
    ("job", "words", "state"),
    [
        (missing, ("a.tif",), JobState.FAILED),
        (faulty, ("ZeroDivisionError",), JobState.FAILED),
        (killed, ("7",), JobState.FAILED),
    ],
)
def test_a_job_that_fails_says_so_and_the_next_one_runs(
    qtbot: QtBot, jobs: Jobs, owner: QObject, messages: RecordedMessages, job, words, state, capfd
) -> None:
    results = []
    running = jobs.start(owner, "坏", job)
    jobs.start(owner, "好", partial(count_to, 2), results.append)
    qtbot.waitUntil(lambda: bool(results), timeout=20_000)
    assert running.state is state
    messages.expect(*words)


def test_closing_cancels_and_waits(qtbot: QtBot, messages: RecordedMessages, owner: QObject, tmp_path: Path) -> None:
    jobs = Jobs(messages)
    running = jobs.start(owner, "计数", partial(count_to, 10_000, 0.02, tmp_path / "mark"))
    qtbot.waitUntil(lambda: running.progress is not None, timeout=20_000)
    jobs.close()
    assert (tmp_path / "mark").exists()
