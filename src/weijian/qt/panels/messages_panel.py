"""The messages of this session: when, what, and the details of what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from weijian.qt.icons import icon
from weijian.qt.message_log import Message, MessageLog


class MessagesPanel(QWidget):
    """What the window has said, the newest first; a message's details unfold below it.

    Parameters
    ----------
    log : MessageLog
    """

    def __init__(self, log: MessageLog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._build()
        log.changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        self._empty = QLabel(self.tr("No messages yet. What the window tells you in passing can be read again here."))
        self._empty.setObjectName("messages-empty")
        self._empty.setProperty("secondary", True)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list = QTreeWidget()
        self._list.setObjectName("messages-list")
        self._list.setHeaderLabels([self.tr("Time"), self.tr("Message")])
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setUniformRowHeights(False)
        self._list.setWordWrap(True)
        self._list.itemSelectionChanged.connect(self._fit_buttons)
        self._copy = QPushButton(icon("copy"), self.tr("&Copy"))
        self._copy.setObjectName("messages-copy")
        self._copy.clicked.connect(self._copy_chosen)
        self._clear = QPushButton(icon("check-check"), self.tr("C&lear messages"))
        self._clear.setObjectName("messages-clear")
        self._clear.clicked.connect(self._log.clear)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._copy)
        foot.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._list, 1)
        layout.addLayout(foot)

    def _show(self) -> None:
        messages = self._log.messages
        self._list.clear()
        self._list.addTopLevelItems([_row(message) for message in reversed(messages)])
        self._empty.setVisible(not messages)
        self._list.setVisible(bool(messages))
        self._clear.setVisible(bool(messages))
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        self._copy.setVisible(not self._list.isHidden())
        self._copy.setEnabled(bool(self._list.selectedItems()))

    def _copy_chosen(self) -> None:
        chosen = [item.data(0, Qt.ItemDataRole.UserRole) for item in self._list.selectedItems()]
        QGuiApplication.clipboard().setText("\n".join(_as_text(message) for message in chosen if message is not None))


def _row(message: Message) -> QTreeWidgetItem:
    row = QTreeWidgetItem([f"{message.at:%H:%M:%S}", message.text])
    row.setIcon(1, icon("triangle-alert" if message.grave else "info"))
    row.setToolTip(1, message.text)
    row.setData(0, Qt.ItemDataRole.UserRole, message)
    if message.details:
        row.addChild(QTreeWidgetItem(["", message.details]))
    return row


def _as_text(message: Message) -> str:
    head = f"{message.at:%Y-%m-%d %H:%M:%S}  {message.text}"
    return f"{head}\n{message.details}" if message.details else head
