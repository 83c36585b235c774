"""Commands run and measured from outside: seconds, and the most memory the process held."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def measured(command: list[object]) -> Cost:
    """Run a command to its end.

    Raises
    ------
    subprocess.CalledProcessError
        It failed; what it said has gone to stderr.
    """
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(seconds, cpu, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))


def weijian(*arguments: object) -> Cost:
    """Run a command of weijian in this environment."""
    return measured([sys.executable, "-m", "weijian", *arguments])
