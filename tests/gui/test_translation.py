import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from weijian.qt import translation


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    translation.install(qapp, "en")


def cancel_text(qtbot: QtBot) -> str:
    """What a button of Qt's own says; it is made anew, since windows that are there keep their texts."""
    box = QMessageBox()
    qtbot.addWidget(box)
    return box.addButton(QMessageBox.StandardButton.Cancel).text().replace("&", "")


def own_text() -> str:
    return QCoreApplication.translate("wording", "Demolished")


def test_the_window_speaks_one_language_and_then_the_other(qtbot: QtBot, speaking: QApplication) -> None:
    for language, cancel, own in (("zh", "取消", "拆除"), ("en", "Cancel", "Demolished"), ("zh", "取消", "拆除")):
        translation.install(speaking, language)
        assert cancel in cancel_text(qtbot)
        assert own in own_text()


def test_installing_again_replaces(speaking: QApplication) -> None:
    for _ in range(3):
        translation.install(speaking, "zh")
    assert len(speaking.findChildren(QTranslator)) == 2
    translation.install(speaking, "en")
    assert speaking.findChildren(QTranslator) == []
    assert own_text() == "Demolished"


def test_a_translation_that_is_not_there_is_told_in_the_log(
    speaking: QApplication, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr(translation, "resource", lambda *parts: tmp_path.joinpath(*parts))
    with caplog.at_level(logging.WARNING):
        translation.install(speaking, "zh")
    assert "weijian_zh_CN" in caplog.text
    assert len(speaking.findChildren(QTranslator)) == 1
    assert own_text() == "Demolished"
