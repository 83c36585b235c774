from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from weijian.qt import look
from weijian.qt.icons import icon

Group, Role = QPalette.ColorGroup, QPalette.ColorRole

PAIRS = [
    *product((Role.WindowText, Role.PlaceholderText, Role.Link), (Role.Window, Role.Base, Role.AlternateBase)),
    (Role.WindowText, Role.Midlight),
    (Role.ButtonText, Role.Midlight),
    (Role.PlaceholderText, Role.Midlight),
    *product((Role.Text, Role.BrightText), (Role.Base, Role.AlternateBase, Role.Window)),
    (Role.ButtonText, Role.Button),
    (Role.HighlightedText, Role.Highlight),
    (Role.ToolTipText, Role.ToolTipBase),
]
FADED = (Role.WindowText, Role.Text, Role.ButtonText, Role.PlaceholderText, Role.Link, Role.HighlightedText)


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """An application whose looks may be changed."""
    palette, font, style = qapp.palette(), qapp.font(), qapp.style().objectName()
    yield qapp
    for child in qapp.findChildren(QObject):
        if isinstance(child, look.Follower):
            child.setParent(None)
            child.deleteLater()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


def luminance(colour: QColor) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(palette: QPalette, text: Role, ground: Role, group: Group = Group.Active) -> float:
    """Contrast after WCAG 2.2, 1 to 21."""
    bright, dim = sorted((luminance(palette.color(group, role)) for role in (text, ground)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=lambda role: role.name)
def test_text_can_be_read(qapp: QApplication, dark: bool, text: Role, ground: Role) -> None:
    palette = look.palette_of(dark)
    for group in (Group.Active, Group.Inactive):
        assert contrast(palette, text, ground, group) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", [Role.Window, Role.Base])
def test_outlines_of_boxes_can_be_seen(qapp: QApplication, dark: bool, ground: Role) -> None:
    assert contrast(look.palette_of(dark), Role.Shadow, ground) >= 3.0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("role", FADED, ids=lambda role: role.name)
def test_what_is_disabled_stands_back_and_is_still_seen(qapp: QApplication, dark: bool, role: Role) -> None:
    palette = look.palette_of(dark)
    ground = Role.Highlight if role is Role.HighlightedText else Role.Window
    assert palette.color(Group.Disabled, role) != palette.color(Group.Active, role)
    assert 2.0 <= contrast(palette, role, ground, Group.Disabled) < contrast(palette, role, ground)


def test_a_theme_is_worn_by_windows_that_are_open(qtbot: QtBot, dressed: QApplication) -> None:
    look.dress(dressed, "light", "zh")
    button, label = QPushButton("ok"), QLabel("secondary")
    label.setProperty("secondary", True)
    for widget in (button, label):
        qtbot.addWidget(widget)
        widget.show()
    for theme, colours in (("light", look.LIGHT), ("dark", look.DARK), ("light", look.LIGHT)):
        look.change_theme(dressed, theme)
        assert dressed.palette().color(Role.Window).name() == colours[Role.Window]
        assert button.palette().color(Role.ButtonText).name() == colours[Role.ButtonText]
        assert label.palette().color(Role.WindowText).name() == colours[Role.PlaceholderText]


@pytest.mark.parametrize(("theme", "colours"), [("light", look.LIGHT), ("dark", look.DARK)])
def test_boxes_to_tick_are_seen_ticked_or_not(
    qtbot: QtBot, dressed: QApplication, theme: look.Theme, colours: dict[Role, str]
) -> None:
    look.dress(dressed, theme, "zh")
    box = QCheckBox()
    qtbot.addWidget(box)
    seen = []
    for ticked in (False, True):
        box.setChecked(ticked)
        image = box.grab().toImage()
        seen.append({image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())})
    assert {colours[Role.Shadow], colours[Role.Base]} <= seen[0]
    assert colours[Role.Highlight] in seen[1]
    assert "#ffffff" in seen[1], "the tick"


def test_icons_that_are_there_already_follow_the_theme(qtbot: QtBot, dressed: QApplication) -> None:
    look.dress(dressed, "light", "zh")
    window = QMainWindow()
    qtbot.addWidget(window)
    action = window.menuBar().addMenu("m").addAction(icon("map"), "a")
    plain, special = QPushButton(icon("check"), "b", window), QPushButton(icon("check", QColor("#ff0000")), "c", window)
    bare = QPushButton("d", window)

    def lines(bearer: QAction | QPushButton) -> str:
        image = bearer.icon().pixmap(32, 32).toImage()
        pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
        return Counter(pixel.name() for pixel in pixels if pixel.alpha() == 255).most_common(1)[0][0]

    for theme, colours in (("light", look.LIGHT), ("dark", look.DARK), ("light", look.LIGHT)):
        look.change_theme(dressed, theme)
        assert lines(action) == lines(plain) == colours[Role.ButtonText]
        assert lines(special) == "#ff0000"
        assert bare.icon().isNull()


def test_the_system_is_followed_only_when_asked_for(qapp: QApplication, dressed: QApplication) -> None:
    system = dressed.styleHints().colorSchemeChanged
    look.dress(dressed, "system", "zh")
    for scheme, colours in ((Qt.ColorScheme.Dark, look.DARK), (Qt.ColorScheme.Light, look.LIGHT)):
        system.emit(scheme)
        assert dressed.palette().color(Role.Window).name() == colours[Role.Window]
    look.dress(dressed, "light", "zh")
    system.emit(Qt.ColorScheme.Dark)
    assert dressed.palette().color(Role.Window).name() == look.LIGHT[Role.Window]


def test_chinese_has_a_font_with_its_characters_even_where_none_is_installed(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "FAMILIES", ())
    font = look.font_for("zh")
    assert font.family() == "Weijian Sans SC"
    assert QFontDatabase.WritingSystem.SimplifiedChinese in QFontDatabase.writingSystems(font.family())
    assert look.font_for("en").family() == QFont().family()
    assert font.pointSizeF() == look.POINTS
