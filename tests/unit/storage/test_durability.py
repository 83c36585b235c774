"""What is committed survives a kill; what is not never shows."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from pathlib import Path

import weijian
from unit.storage.made import case
from weijian.domain.job import finish
from weijian.storage.verify import verify
from weijian.storage.workspace import Workspace, open_workspace


def test_threads_take_turns(workspace: Workspace) -> None:
    def open_case(number: int) -> None:
        with workspace.transaction("王", "open-case") as work:
            assert work.numbers.next_number("case", 2026) == len(work.cases.all()) + 1
            work.cases.add(case(number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(open_case, range(40)))
    with workspace.read() as work:
        assert len(work.cases.all()) == 40
    assert finish(verify(workspace)) == []


WRITER = """
import sys, time
from datetime import date
from pathlib import Path
from weijian.domain.case import Case
from weijian.domain.stage import Stage
from weijian.storage.workspace import open_workspace

workspace = open_workspace(Path(sys.argv[1]))
for number in range(1, 1000):
    with workspace.transaction("王", "open-case") as work:
        for part in "ab":
            work.cases.add(Case(f"AJ2026-{number:04d}{part}", Stage.LEAD, date(2026, 3, 5)))
            if number == 8 and part == "a":
                print("half", flush=True)
                time.sleep(60)
    print(number, flush=True)
"""


def test_kill_minus_nine_in_the_middle_loses_nothing_committed(workspace: Workspace) -> None:
    workspace.close()
    source = str(Path(weijian.__file__).parents[1])
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r})\n{WRITER}", str(workspace.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [line.strip() for line in takewhile("half\n".__ne__, writer.stdout)]
        writer.kill()
    assert said == [str(number) for number in range(1, 8)]
    with open_workspace(workspace.folder) as again:
        with again.read() as work:
            assert [c.case_no for c in work.cases.all()] == [
                f"AJ2026-{n:04d}{part}" for n in range(1, 8) for part in "ab"
            ]
        assert finish(verify(again)) == []
        with again.transaction("王", "open-case") as work:
            work.cases.add(case(900))
        assert finish(verify(again)) == []
