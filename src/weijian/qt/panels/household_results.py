"""How a household that was found looks in the list of results."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

_EDGE = 8
_GAP = 3

Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStyledItemDelegate):
    """The first line of an item's text bold, the others below it standing back; each cut at the edge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw an item."""
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        lines, shown.text = shown.text.replace("\u2028", "\n").split("\n"), ""
        widget = shown.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        painter.save()
        top = shown.rect.top() + _GAP
        for number, line in enumerate(lines):
            font = shown.font
            font.setBold(number == 0)
            painter.setFont(font)
            back = QPalette.ColorRole.PlaceholderText if number else QPalette.ColorRole.Text
            painter.setPen(shown.palette.color(QPalette.ColorRole.HighlightedText if chosen else back))
            metrics = QFontMetrics(font)
            frame = QRect(shown.rect.left() + _EDGE, top, shown.rect.width() - 2 * _EDGE, metrics.height())
            painter.drawText(
                frame,
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, frame.width()),
            )
            top += metrics.height()
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """As high as its lines."""
        lines = str(index.data(Qt.ItemDataRole.DisplayRole)).count("\n") + 1
        return QSize(100, lines * QFontMetrics(option.font).height() + 2 * _GAP)
