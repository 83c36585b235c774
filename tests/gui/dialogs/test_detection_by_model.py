"""The detection dialog with a trained model: the file is chosen, checked, told, and used."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.flown_village import make_village
from helpers import models
from helpers.recorded_messages import RecordedMessages
from weijian.domain.finding import Method
from weijian.qt.desk import Desk
from weijian.qt.dialogs import detection_dialog
from weijian.qt.dialogs.detection_dialog import DetectionDialog
from weijian.services.detect_files import DetectionOptions


@pytest.fixture
def flown(desk: Desk, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Desk:
    """A desk on the smallest workspace with two surveys."""
    return replace(desk, folder=make_village(tmp_path_factory.getbasetemp(), tmp_path / "flown"))


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """No demo is needed here."""
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[DetectionOptions]:
    """What detections are started with, instead of starting them."""
    asked: list[DetectionOptions] = []
    monkeypatch.setattr(detection_dialog, "start_detection", lambda desk, before, after, options: asked.append(options))
    return asked


def test_a_model_is_chosen_and_used(
    qtbot: QtBot, flown: Desk, settle, messages: RecordedMessages, tmp_path: Path, started: list[DetectionOptions]
) -> None:
    good = models.change_model(tmp_path / "good.onnx")
    bad = tmp_path / "bad.onnx"
    bad.write_bytes(b"no model")
    dialog = DetectionDialog(flown)
    dialog.open()
    settle()
    ok = dialog.findChild(QDialogButtonBox, "buttons").button(QDialogButtonBox.StandardButton.Ok)
    choose = dialog.findChild(QPushButton, "choose_model")
    assert ok.isEnabled()
    assert not choose.isVisible()
    method = dialog.findChild(QComboBox, "method")
    qtbot.keyClick(method, Qt.Key.Key_End)
    assert method.currentData() == Method.MODEL
    assert choose.isVisible()
    assert not ok.isEnabled()

    messages.files += [(), (bad,), (good,)]
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    settle()
    assert not ok.isEnabled()
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    settle()
    messages.expect("bad.onnx", "不是完整的 ONNX 文件")
    assert not ok.isEnabled()
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    settle()
    assert dialog.findChild(QLabel, "model").text() == "good.onnx"
    assert "difference" in dialog.findChild(QLabel, "method_note").text()
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    (options,) = started
    assert options.method is Method.MODEL
    assert options.model == good


def test_the_model_is_not_used_by_another_method(
    qtbot: QtBot, flown: Desk, settle, messages: RecordedMessages, tmp_path: Path, started: list[DetectionOptions]
) -> None:
    dialog = DetectionDialog(flown)
    dialog.open()
    settle()
    method = dialog.findChild(QComboBox, "method")
    qtbot.keyClick(method, Qt.Key.Key_End)
    messages.files.append((models.change_model(tmp_path / "m.onnx"),))
    qtbot.mouseClick(dialog.findChild(QPushButton, "choose_model"), Qt.MouseButton.LeftButton)
    settle()
    qtbot.keyClick(method, Qt.Key.Key_Home)
    ok = dialog.findChild(QDialogButtonBox, "buttons").button(QDialogButtonBox.StandardButton.Ok)
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    (options,) = started
    assert (options.method, options.model) == (None, None)


def test_without_the_runtime_it_is_not_offered(flown: Desk, settle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection_dialog, "models_can_run", lambda: False)
    dialog = DetectionDialog(flown)
    dialog.open()
    settle()
    assert dialog.findChild(QComboBox, "method").count() == 3
    dialog.reject()
