import contextlib
import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.services.made import finding
from weijian import terminal
from weijian.domain.finding import PermitStatus
from weijian.domain.job import Job, Progress, finish
from weijian.domain.zone import ZoneKind


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def look(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """What people see on stderr from now on."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    return screen


def job(closed: list[str]) -> Job[int]:
    try:
        for done in range(3):
            yield Progress("align", done, 2)
        yield Progress("evidence", 0, 0)
        yield Progress("evidence", 4, 4)
    except GeneratorExit:
        closed.append("closed")
        raise
    return 7


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_terminal_shows_the_stages(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    screen = look(monkeypatch)
    assert terminal.watch(job([]), language) == 7
    assert terminal.stage_word("align", language) in screen.getvalue()
    assert terminal.stage_word("evidence", language) in screen.getvalue()


def test_a_file_gets_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.watch(job([]), "zh") == 7
    assert capsys.readouterr() == ("", "")


def test_without_a_console_jobs_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)  # as in a windowed program
    assert terminal.watch(job([]), "zh") == 7
    terminal.say("x")
    terminal.complain("x")
    terminal.show_findings([finding()], "zh")
    terminal.use_utf8()
    terminal.finish_output()
    terminal.stop_output()


def test_what_goes_wrong_while_showing_closes_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    look(monkeypatch)
    closed: list[str] = []

    def interrupted(stage: str, language: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal, "stage_word", interrupted)
    running = job(closed)
    with pytest.raises(KeyboardInterrupt):
        terminal.watch(running, "zh")
    assert closed == ["closed"]


def test_an_error_of_the_job_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    look(monkeypatch)

    def failing() -> Iterator[Progress]:
        yield Progress("align", 0, 1)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        terminal.watch(failing(), "zh")


def test_a_complaint_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.complain("一\n二")
    terminal.say("三")
    assert capsys.readouterr() == ("三\n", "一 二\n")


def test_tables_show_what_is_in_them(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_table(("编号", "名称"), [("[red]1", "石桥村"), ("2", "下沙")], "表 [b]")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("表 [b]")
    assert any("[red]1" in line and "石桥村" in line for line in lines)
    widths = {sum(2 if ord(character) > 0x2E80 else 1 for character in line) for line in lines[1:]}
    assert len(widths) == 1  # Chinese characters count as two columns


def test_long_tables_do_not_wrap_in_files(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_table(("x",), [("长" * 90,)])
    assert "长" * 90 in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("图斑 2 个", "新增", "120.0±3.0", "6.0±0.1", "0.90", "无许可", "H1", "冻结区,河道蓝线")),
        ("en", ("2 findings", "new", "120.0±3.0", "6.0±0.1", "0.90", "unpermitted", "H1", "freeze,river")),
    ],
)
def test_findings_in_both_languages(capsys: pytest.CaptureFixture[str], language: str, words: tuple[str, ...]) -> None:
    unknown = finding(
        2, height_change_m=None, height_sigma_m=None, permit_status=None, household_no=None, finding_no="T-2"
    )
    terminal.show_findings([finding(zones=(ZoneKind.FREEZE, ZoneKind.RIVER)), unknown], language)
    out = capsys.readouterr().out
    assert all(word in out for word in words)
    (line,) = [line for line in out.splitlines() if "T-2" in line]
    assert "None" not in line


def test_every_status_has_its_word(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_findings([finding(n, permit_status=status) for n, status in enumerate(PermitStatus)], "zh")
    assert "待查" in capsys.readouterr().out


@pytest.mark.parametrize(("language", "total"), [("zh", "合计"), ("en", "total")])
def test_stages_add_up(capsys: pytest.CaptureFixture[str], language: str, total: str) -> None:
    terminal.show_stages([("align", 1.26), ("match", 0.5)], language)
    out = capsys.readouterr().out
    assert all(word in out for word in (terminal.stage_word("match", language), "1.3", "1.8", total))


def test_a_code_page_does_not_stop_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    terminal.use_utf8()
    terminal.say("违建")
    narrow.flush()
    assert narrow.buffer.getvalue().decode() == "违建\n"


def test_output_nobody_reads_goes_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        os.close(reader)
        terminal.say("x")
        terminal.stop_output()
        terminal.finish_output()


def test_every_stage_of_every_job_has_a_word() -> None:
    source = Path(terminal.__file__).parent
    for path in source.rglob("*.py"):
        for part in path.read_text(encoding="utf-8").split('Progress("')[1:]:
            assert part.split('"')[0] in terminal.STAGE_WORDS, path


def deaf(steps: int, told: list[str]) -> Job[str]:
    """A job in which an interrupt is lost, as in a callback of a C library."""
    try:
        for step in range(steps):
            with contextlib.suppress(KeyboardInterrupt):
                if step == 2:
                    signal.raise_signal(signal.SIGINT)
            yield Progress("read", step, steps)
        told.append("finished")
        return "done"
    finally:
        told.append("put back")


@pytest.fixture
def answered() -> Iterator[None]:
    """Interrupts are Python's to answer; a process begun in the background inherits that they are ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("answered")
def test_an_interrupt_that_was_lost_is_told_at_the_next_step() -> None:
    told: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        finish(terminal.interruptible(deaf(5, told)))
    assert told == ["put back"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_job_that_nobody_interrupts_ends_as_it_would() -> None:
    told: list[str] = []
    assert finish(terminal.interruptible(deaf(2, told))) == "done"
    assert told == ["finished", "put back"]


def test_where_interrupts_are_ignored_they_stay_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert finish(terminal.interruptible(deaf(5, []))) == "done"
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
