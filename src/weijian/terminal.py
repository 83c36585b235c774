"""What the command line shows: tables, progress, sentences. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, NoReturn, TypeVar

from weijian.domain.job import Job, finish
from weijian.domain.job import Progress as Step
from weijian.domain.language import Language

if TYPE_CHECKING:
    from weijian.domain.finding import Finding

Result = TypeVar("Result")

STAGE_WORDS: dict[str, tuple[str, str]] = {
    "overviews": ("建立金字塔", "overviews"),
    "open": ("打开数据", "open"),
    "align": ("影像配准", "align"),
    "level": ("高程校平", "level"),
    "terrain": ("地面模型", "terrain"),
    "archive-fit": ("档案套合", "archive fit"),
    "calibrate": ("影像定标", "calibrate"),
    "evidence": ("逐窗检测", "evidence"),
    "cluster": ("连接集群", "joining the cluster"),
    "resumed": ("逐窗检测（续）", "evidence (resumed)"),
    "merge": ("合并图斑", "merge"),
    "outlines": ("轮廓规整", "outlines"),
    "match": ("档案比对", "match"),
    "read": ("读取", "read"),
    "store": ("入库", "store"),
    "write": ("写出", "write"),
    "detect": ("变化检测", "detection"),
    "workspace": ("建立工作区", "workspace"),
    "archive": ("导入档案", "archive"),
    "surveys": ("登记航测", "surveys"),
    "cases": ("立案", "cases"),
    "papers": ("出图出文书", "papers"),
    "web": ("网页地图", "web map"),
    "report": ("周报", "report"),
    "copy": ("复制数据表", "copy tables"),
    "copy-evidence": ("复制证据", "copy evidence"),
    "verify": ("核对", "verify"),
    "verify-database": ("核验数据库", "database"),
    "verify-history": ("核验变更历史", "history"),
    "verify-search": ("核验检索内容", "search"),
    "verify-index": ("核验检索索引", "search index"),
    "verify-outlines": ("核验图形", "outlines"),
    "verify-evidence": ("核验证据文件", "evidence"),
    "restore": ("恢复文件", "restore files"),
    "table": ("写表", "table"),
    "check": ("检查", "checks"),
    "compare": ("与档案比对", "comparing with the archive"),
    "find": ("查找文件", "looking for files"),
    "photos": ("读取照片", "photographs"),
}
"""Chinese and English word of each stage of a job."""


def stage_word(stage: str, language: Language) -> str:
    """Word shown for a stage."""
    chinese, english = STAGE_WORDS[stage]
    return chinese if language == "zh" else english


def use_utf8() -> None:
    """Let every console and pipe take Chinese, whatever code page the system prefers."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def keep_warnings_to_the_log() -> None:
    """Warnings of libraries are for developers; what users must know is said in sentences."""
    logging.captureWarnings(True)


def complain(sentence: str) -> None:
    """One clear line on stderr."""
    if sys.stderr is not None:
        sys.stderr.write(sentence.replace("\n", " ") + "\n")


def say(text: str) -> None:
    """One line of result on stdout; nobody may be listening."""
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")


def finish_output() -> None:
    """Put out what is still held back."""
    if sys.stdout is not None:
        sys.stdout.flush()


def stop_output() -> None:
    """Let what could not be put out go nowhere, so that the end of the program does not try again."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def leave(code: int) -> NoReturn:
    """End the program now: what threads still work on is wanted by nobody, and must not be waited for."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError):
                stream.flush()
    os._exit(code)


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str | None = None) -> None:
    """Aligned table on stdout; Chinese characters count as two columns."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings, title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    wide = None if sys.stdout is not None and sys.stdout.isatty() else 200
    console = Console(width=wide, soft_wrap=False, highlight=False, markup=False)
    with console.capture() as drawn:  # the console itself would end the program where nobody reads it
        console.print(table)
    say(drawn.get().rstrip("\n"))


def interruptible(job: Job[Result]) -> Job[Result]:
    """The same job, which Ctrl-C ends at its next step at the latest.

    An interrupt that comes while a C library calls back into Python is lost there; it is noted, and told again.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:  # not ours to answer
        return (yield from job)
    noted: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        noted.append(number)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        with closing(job):
            while True:
                try:
                    step = next(job)
                except StopIteration as stop:
                    result: Result = stop.value
                    return result
                if noted:
                    raise KeyboardInterrupt
                yield step
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


Remarks = Mapping[str, Callable[[Step], None]]
"""What is said when a stage begins, by stage."""


def _remarking(job: Job[Result], remarks: Remarks) -> Job[Result]:
    """The same job, with something said as stages begin."""
    begun: set[str] = set()
    with closing(job):
        while True:
            try:
                step = next(job)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            if step.stage in remarks and step.stage not in begun:
                remarks[step.stage](step)
            begun.add(step.stage)
            yield step


def watch(job: Job[Result], language: Language, remarks: Remarks = MappingProxyType({})) -> Result:
    """Run a job to its end; on a terminal its stages are shown with progress and remaining time.

    Interrupting (Ctrl-C) closes the job, which puts back what it had begun.
    """
    job = _remarking(interruptible(job), remarks)
    if sys.stderr is None or not sys.stderr.isatty():
        return finish(job)
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn()
    with closing(job), Progress(*columns, console=Console(stderr=True)) as shown:
        bars: dict[str, TaskID] = {}
        while True:
            try:
                step = next(job)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            if step.stage not in bars:
                bars[step.stage] = shown.add_task(stage_word(step.stage, language), total=step.total)
            shown.update(bars[step.stage], completed=step.done, total=step.total)


def show_findings(findings: Sequence[Finding], language: Language) -> None:
    """What was found, one line each."""
    from weijian.domain.finding import CHANGE_NAMES, PERMIT_STATUS_NAMES
    from weijian.domain.measured import with_sigma
    from weijian.domain.zone import ZONE_NAMES

    chinese = language == "zh"
    headings = (
        ("编号", "类型", "面积 m²", "高差 m", "可信度", "许可", "户号", "管控区")
        if chinese
        else ("number", "type", "area m²", "height m", "confidence", "permit", "household", "zones")
    )
    rows = [
        (
            f.finding_no,
            CHANGE_NAMES[f.change_type] if chinese else f.change_type.value,
            with_sigma(f.area_m2, f.area_sigma_m2),
            "" if f.height_change_m is None else with_sigma(f.height_change_m, f.height_sigma_m),
            f"{f.confidence:.2f}",
            ""
            if f.permit_status is None
            else PERMIT_STATUS_NAMES[f.permit_status]
            if chinese
            else f.permit_status.value,
            f.household_no or "",
            ",".join(ZONE_NAMES[z] if chinese else z.value for z in f.zones),
        )
        for f in findings
    ]
    show_table(headings, rows, f"图斑 {len(rows)} 个" if chinese else f"{len(rows)} findings")


def show_stages(stages: Sequence[tuple[str, float]], language: Language) -> None:
    """How long each stage of a job took."""
    headings = ("环节", "秒") if language == "zh" else ("stage", "seconds")
    rows = [(stage_word(name, language), f"{seconds:.1f}") for name, seconds in stages]
    show_table(headings, [*rows, ("合计" if language == "zh" else "total", f"{sum(s for _, s in stages):.1f}")])
