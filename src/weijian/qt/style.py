"""Rules of style: what the palette alone does not say. Colours are the palette's."""

from weijian.assets import resource

_RULES = """
QLabel[heading="1"] { font-size: 15pt; font-weight: 600; }
QLabel[heading="2"] { font-size: 11pt; font-weight: 600; }
QLabel[secondary="true"] { color: palette(placeholder-text); }
QLabel[keycap="true"] {
    background: palette(base); border: 1px solid palette(mid); border-radius: 4px; padding: 1px 7px;
}
QFrame[card="true"] { background: palette(base); border: 1px solid palette(mid); border-radius: 6px; }
QFrame[card="true"]:hover { border-color: palette(dark); }
QFrame[card="true"]:focus { border-color: palette(highlight); }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton { padding: 4px 12px; }
QPushButton[primary="true"], QPushButton:default {
    background: palette(highlight); color: palette(highlighted-text);
    border: 1px solid palette(highlight); border-radius: 4px; padding: 5px 14px;
}
QPushButton[primary="true"]:disabled, QPushButton:default:disabled {
    background: palette(midlight); color: palette(placeholder-text); border-color: palette(mid);
}
QPushButton[primary="true"]:focus, QPushButton:default:focus { border-color: palette(window-text); }
QToolBar { border: 0; border-bottom: 1px solid palette(mid); padding: 3px 6px; spacing: 2px; }
QToolBar::separator { background: palette(mid); width: 1px; margin: 5px 6px; }
QDockWidget { font-weight: 600; }
QDockWidget::title { padding: 5px 8px; background: palette(midlight); }
QStatusBar { border-top: 1px solid palette(mid); }
QStatusBar::item { border: 0; }
QHeaderView::section { padding: 3px 6px; background: palette(window); border: 0;
    border-right: 1px solid palette(mid); border-bottom: 1px solid palette(mid); }
QTableView, QTreeView, QListView { gridline-color: palette(midlight); }
QTabWidget::pane { border: 1px solid palette(mid); top: -1px; }
QPushButton:checked { background: palette(midlight); border: 1px solid palette(highlight); border-radius: 4px; }
QToolButton:checked { background: palette(midlight); border: 1px solid palette(highlight); border-radius: 4px; }
QToolBar QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; }
QToolBar QToolButton:hover { background: palette(midlight); }
QToolBar QToolButton:pressed { background: palette(mid); }
QToolBar QToolButton:checked { background: palette(midlight); border-color: palette(highlight); }
QToolTip { padding: 3px; }
QCheckBox::indicator, QAbstractItemView::indicator, QGroupBox::indicator {
    width: 13px; height: 13px; border: 1px solid palette(shadow); border-radius: 3px; background: palette(base);
}
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled, QRadioButton::indicator:disabled {
    border-color: palette(mid);
}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {
    background: palette(highlight); border-color: palette(highlighted-text); image: url("ICONS/check.svg");
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: palette(highlight); border-color: palette(highlighted-text); image: url("ICONS/minus.svg");
}
QCheckBox::indicator:checked:disabled, QAbstractItemView::indicator:checked:disabled { background: palette(shadow); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: palette(highlight); }
QRadioButton::indicator {
    width: 13px; height: 13px; border: 1px solid palette(shadow); border-radius: 7px; background: palette(base);
}
QRadioButton::indicator:checked {
    width: 7px; height: 7px; border: 4px solid palette(highlight); background: palette(highlighted-text);
}
QRadioButton::indicator:checked:disabled { border-color: palette(mid); }
QDockWidget { titlebar-close-icon: url("ICONS/close-THEME.svg"); titlebar-normal-icon: url("ICONS/float-THEME.svg"); }
"""


def style_sheet(dark: bool) -> str:
    """The rules for windows in the light or the dark palette."""
    icons = resource("icons", "style").as_posix()
    return _RULES.replace("ICONS", icons).replace("THEME", "dark" if dark else "light")
