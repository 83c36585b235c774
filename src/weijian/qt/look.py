"""How the window looks: palette and fonts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication

from weijian.assets import resource
from weijian.domain.language import Language
from weijian.qt.icons import redrawn
from weijian.qt.style import style_sheet
from weijian.qt.user_settings import Theme

FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
"""Chinese families for the screen, best first."""

POINTS = 9.5
_BUNDLED = ("fonts", "NotoSansSC-Subset.otf")

_Role = QPalette.ColorRole
LIGHT: Mapping[QPalette.ColorRole, str] = MappingProxyType(
    {
        _Role.Window: "#f3f4f6",
        _Role.WindowText: "#1f2630",
        _Role.Base: "#ffffff",
        _Role.AlternateBase: "#f6f8fa",
        _Role.Text: "#1f2630",
        _Role.Button: "#ffffff",
        _Role.ButtonText: "#27303c",
        _Role.BrightText: "#b3261e",
        _Role.Highlight: "#1f5fbf",
        _Role.HighlightedText: "#ffffff",
        _Role.Accent: "#1f5fbf",
        _Role.Link: "#1a56ad",
        _Role.LinkVisited: "#1a56ad",
        _Role.PlaceholderText: "#5b6470",
        _Role.ToolTipBase: "#27303c",
        _Role.ToolTipText: "#ffffff",
        _Role.Light: "#ffffff",
        _Role.Midlight: "#e6e9ed",
        _Role.Mid: "#c9ced6",
        _Role.Dark: "#a3abb6",
        _Role.Shadow: "#6b7480",
    }
)
DARK: Mapping[QPalette.ColorRole, str] = MappingProxyType(
    {
        _Role.Window: "#22272e",
        _Role.WindowText: "#dfe4ea",
        _Role.Base: "#1a1e24",
        _Role.AlternateBase: "#20252c",
        _Role.Text: "#dfe4ea",
        _Role.Button: "#2c323b",
        _Role.ButtonText: "#dfe4ea",
        _Role.BrightText: "#ff9a90",
        _Role.Highlight: "#2f6fce",
        _Role.HighlightedText: "#ffffff",
        _Role.Accent: "#5b9bf5",
        _Role.Link: "#7db2ff",
        _Role.LinkVisited: "#7db2ff",
        _Role.PlaceholderText: "#a5b0bd",
        _Role.ToolTipBase: "#e3e7ec",
        _Role.ToolTipText: "#1a1e24",
        _Role.Light: "#4a525d",
        _Role.Midlight: "#363d47",
        _Role.Mid: "#434b56",
        _Role.Dark: "#15181d",
        _Role.Shadow: "#7d8794",
    }
)
_FADED = (
    *(_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText),
    *(_Role.Link, _Role.LinkVisited, _Role.HighlightedText),
)
"""Roles of text that stand back where a widget is disabled."""


def dress(application: QApplication, theme: Theme, language: Language) -> None:
    """Give the application its palette, font and style.

    Parameters
    ----------
    application : QApplication
    theme : {"system", "light", "dark"}
        "system" follows the desktop, also when it changes later.
    language : {"zh", "en"}
    """
    application.setStyle("Fusion")
    application.setFont(font_for(language))
    change_theme(application, theme)


def change_theme(application: QApplication, theme: Theme) -> None:
    """Give the application another palette."""
    follower = application.findChild(Follower) or Follower(application)
    follower.follow(theme)


class Follower(QObject):
    """Keeps an application in the colours of its theme."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._theme: Theme = "system"
        application.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def follow(self, theme: Theme) -> None:
        """Show a theme from now on."""
        self._theme = theme
        self._show(is_dark(self._application, theme))

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._theme == "system":
            self._show(scheme is Qt.ColorScheme.Dark)

    def _show(self, dark: bool) -> None:
        self._application.setStyleSheet("")  # a palette is taken over several times faster without one
        self._application.setPalette(palette_of(dark))
        self._application.setStyleSheet(style_sheet(dark))
        _redraw_icons(self._application)


def _redraw_icons(application: QApplication) -> None:
    """Give the icons of actions and buttons that are there already the colour of the new palette."""
    widgets = application.allWidgets()
    bearers: set[QAction | QAbstractButton] = {action for widget in widgets for action in widget.actions()}
    bearers.update(widget for widget in widgets if isinstance(widget, QAbstractButton))
    for bearer in bearers:
        new = redrawn(bearer.icon())
        if new is not None:
            bearer.setIcon(new)


def is_dark(application: QApplication, theme: Theme) -> bool:
    """Whether a theme means light text on a dark ground here and now."""
    if theme == "system":
        return application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return theme == "dark"


def palette_of(dark: bool) -> QPalette:
    """The light or the dark palette; what is disabled is faded."""
    colours = DARK if dark else LIGHT
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in _FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#7f8894" if dark else "#7d8691"))
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(colours[_Role.Mid]))
    return palette


def font_for(language: Language) -> QFont:
    """The font of the window: the first family of the list that is there, else the one that comes with the program."""
    installed = set(QFontDatabase.families())
    family = next((name for name in FAMILIES if name in installed), None)
    if family is None and language == "zh":
        number = QFontDatabase.addApplicationFont(str(resource(*_BUNDLED)))
        family = next(iter(QFontDatabase.applicationFontFamilies(number)), None)
    font = QFont() if family is None else QFont(family)
    font.setPointSizeF(POINTS)
    return font
