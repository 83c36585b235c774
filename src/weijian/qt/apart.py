"""A long job in a process of its own, so that nothing it computes can hold up the window.

Threads would share Python's lock with the window: some operations on large arrays hold it for seconds. The job is a
call that can be pickled and answers a generator of progress (`weijian.domain.job.Job`).
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Event
from typing import Generic, TypeVar

import psutil

from weijian.domain.errors import WeijianError
from weijian.domain.job import Job, Progress

Result = TypeVar("Result")

_LOOK_S = 0.05
_GRACE_S = 5.0


class JobCancelled(WeijianError):
    """A job was cancelled; what it had begun was put back."""

    zh = "已取消。"
    en = "Cancelled."


class JobBroken(WeijianError):
    """A job ended by an error of ours; ``details`` is its trace."""

    zh = "任务因程序内部错误而中断（{kind}），未保存任何结果；数据未受影响，可以重试。"
    en = "The job was broken off by an error in weijian ({kind}); nothing of it was kept. You can try again."


@dataclass(frozen=True)
class _Finished(Generic[Result]):
    result: Result


@dataclass(frozen=True)
class _Failed:
    error: WeijianError


def run_apart(call: Callable[[], Job[Result]], report: Callable[[Progress], None], cancel: Event) -> Result:
    """Run a job in a new process and wait for it.

    Parameters
    ----------
    call : callable
        Picklable, for example a ``functools.partial`` of a service.
    report : callable
        Is given every progress, in the calling thread.
    cancel : threading.Event
        When set, the job is asked to stop at its next step; it is stopped by force when it does not within seconds.

    Raises
    ------
    JobCancelled, JobBroken, WeijianError
        What the job raised, or what became of it.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, call), daemon=True)
    process.start()
    there.close()
    try:
        return _listen(here, report, cancel)
    except JobCancelled:  # what threads still work on is wanted by nobody
        process.kill()
        raise
    except EOFError as end:
        process.join(_GRACE_S)
        raise JobBroken(kind=f"exit code {process.exitcode}", details="") from end
    finally:
        here.close()
        process.join(_GRACE_S)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _listen(line: Connection, report: Callable[[Progress], None], cancel: Event) -> Result:  # type: ignore[type-var]
    patience = math.inf
    while True:
        if cancel.is_set() and patience == math.inf:
            line.send("cancel")
            patience = time.monotonic() + _GRACE_S
        if not line.poll(_LOOK_S):
            if time.monotonic() > patience:  # it is in the middle of a long step; what it writes is whole or nothing
                raise JobCancelled
            continue
        message = line.recv()
        if isinstance(message, _Finished):
            result: Result = message.result
            return result
        if isinstance(message, _Failed):
            raise message.error
        report(message)


def _work(line: Connection, call: Callable[[], Job[Result]]) -> None:
    """What the other process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the window's to answer
    _give_way()
    try:
        line.send(_outcome(line, call()))
    except WeijianError as error:
        line.send(_Failed(error))
    except BaseException as error:
        line.send(_Failed(JobBroken(kind=type(error).__name__, details=traceback.format_exc())))
        raise


def _give_way() -> None:
    """The window goes before: on a machine whose cores are all at work it must still answer."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(10)


def _outcome(line: Connection, job: Job[Result]) -> _Finished[Result]:
    while True:
        if line.poll():
            line.recv()
            job.close()
            raise JobCancelled
        try:
            line.send(next(job))
        except StopIteration as stop:
            return _Finished(stop.value)
