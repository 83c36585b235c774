from datetime import timedelta
from pathlib import Path

import openpyxl
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit

from gui.windows import Driver
from helpers.recorded_messages import RecordedMessages
from weijian.qt.dialogs.record_dialog import RecordDialog
from weijian.qt.jobs import JobState

SAVE = QDialogButtonBox.StandardButton.Save


def test_the_weekly_report_is_of_the_days_that_are_asked_for(
    user: Driver, village: Path, messages: RecordedMessages, tmp_path: Path
) -> None:
    user.open(village)
    user.window.commands["export-weekly"].trigger()
    dialog = user.dialog(RecordDialog)
    first, last = (user.find(QLineEdit, name, dialog) for name in ("first", "last"))
    today = user.bench.desk.program.today
    assert (first.text(), last.text()) == (str(today - timedelta(days=6)), str(today))
    first.setText("2025-11-02")
    last.setText("2025-10-27")
    messages.files.append((tmp_path / "week.xlsx",))
    user.agree(dialog, SAVE)
    assert "2025-10-27" in user.find(QLabel, "problem", dialog).text()
    first.setText("2025-10-27")
    last.setText("2025-11-02")
    messages.files.append((tmp_path / "week.xlsx",))
    user.agree(dialog, SAVE)
    sheet = openpyxl.load_workbook(tmp_path / "week.xlsx")["拆违周报"]
    assert sheet["A2"].value == "统计期间：2025年10月27日至2025年11月2日"
    assert any(str(tmp_path / "week.xlsx") in notice for notice in messages.notices)


def test_findings_and_the_web_map_are_written_by_jobs(
    user: Driver, village: Path, messages: RecordedMessages, tmp_path: Path
) -> None:
    user.open(village)
    messages.files += [(tmp_path / "findings.gpkg",), (tmp_path,)]
    for command in ("export-findings", "export-web-map"):
        user.window.commands[command].trigger()
        user.settle()
        assert user.window.jobs.running[-1].state is JobState.DONE
    assert (tmp_path / "findings.gpkg").is_file()
    (page,) = tmp_path.glob("web-*/index.html")
    assert any(str(page) in notice for notice in messages.notices)
