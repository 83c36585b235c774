"""A few fields of one record to edit: texts, figures, days, a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from weijian.domain.errors import EditConflict, WeijianError
from weijian.qt.desk import Desk
from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.dialogs.inline_problem import say_inline
from weijian.qt.forms.record_dialog import Ui_RecordDialog
from weijian.qt.plain_text import plain_text

_LINES_AT_MOST = 6
_DETAIL_WIDTH = 460


class EntryKind(Enum):
    """What may be entered into a field."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - a word, no secret
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    SEVERAL = "several"


@dataclass(frozen=True)
class Entry:
    """One field: its name for the program, its label, its value, and how it is entered.

    An empty field means that nothing is known (None). ``hint`` stands in the empty field; ``options`` are values and
    words of a choice, or of a list of which several can be ticked. ``details`` explains values of a choice: those of
    the one that is chosen stand below it.
    """

    name: str
    label: str
    value: Any = None
    kind: EntryKind = EntryKind.TEXT
    hint: str = ""
    options: Sequence[tuple[Any, str]] = ()
    details: Mapping[Any, str] = field(default_factory=dict)


class RecordDialog(QDialog):
    """Stays open until what was entered is kept.

    ``entered(dict)`` is emitted with the values by name; whoever keeps them calls `accept` or `refuse`. When somebody
    else has edited the record meanwhile, both versions are seen, and entering again keeps the user's own.
    """

    entered = Signal(object)

    def __init__(
        self, desk: Desk, title: str, entries: Sequence[Entry], *, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._entries = tuple(entries)
        self._form = Ui_RecordDialog()
        self._form.setupUi(self)
        self.setWindowTitle(title)
        self._form.note.setText(note)
        self._form.note.setVisible(bool(note))
        self._fields: dict[str, QWidget] = {}
        for entry in self._entries:
            field = _field(entry)
            field.setObjectName(entry.name)
            label = QLabel(entry.label)
            label.setBuddy(field)
            self._form.fields.addRow(label, field)
            self._fields[entry.name] = field
            if isinstance(field, QComboBox) and entry.details:
                self._form.fields.addRow(_detail(field, entry.details))
        save = self._form.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText(self.tr("&Keep"))
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._form.buttons.accepted.connect(self._enter)
        self._form.buttons.rejected.connect(self.reject)
        self.adjustSize()
        fit_screen(self)
        if self._fields:
            next(iter(self._fields.values())).setFocus()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The fields that are asked for."""
        return self._entries

    def field(self, name: str) -> QWidget:
        """The field of that name."""
        return self._fields[name]

    def set_note(self, text: str) -> None:
        """Say something above the fields."""
        self._form.note.setText(text)
        self._form.note.setVisible(bool(text))

    def refuse(self, error: BaseException) -> None:
        """Say why what was entered cannot be kept, and let the user mend it."""
        self._form.buttons.setEnabled(True)
        if isinstance(error, EditConflict) and error.theirs is not None:
            say_inline(self._form.problem, error, self._desk.language)
            self._form.problem.setText("\n".join([self._form.problem.text(), *self._differences(error.theirs)]))
            self._form.buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("&Keep mine"))
            self.adjustSize()
        elif isinstance(error, WeijianError):
            say_inline(self._form.problem, error, self._desk.language)
        else:
            self._desk.messages.problem(error, self)

    def _differences(self, theirs: object) -> list[str]:
        """What somebody else has kept meanwhile, where it is not what stands in the field."""
        line, lines = self.tr("{field}: {theirs} was kept meanwhile"), []
        for entry in self._entries:
            kept = getattr(theirs, entry.name, None)
            field = self._fields[entry.name]
            if isinstance(field, QLineEdit) and not hasattr(kept, "token") and _shown(kept) != field.text().strip():
                lines.append(line.format(field=plain_text(entry.label), theirs=_shown(kept) or "—"))
        return lines

    def _enter(self) -> None:
        values: dict[str, Any] = {}
        for entry in self._entries:
            try:
                values[entry.name] = _value(entry, self._fields[entry.name])
            except ValueError:
                self._form.problem.setText(f"⚠ {_not_so(entry)}")
                self._form.problem.setVisible(True)
                self._fields[entry.name].setFocus()
                return
        self._form.buttons.setEnabled(False)
        self.entered.emit(values)


def _field(entry: Entry) -> QWidget:
    if entry.kind is EntryKind.CHOICE:
        combo = QComboBox()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, words in entry.options:
            combo.addItem(words, value)
        combo.setCurrentIndex(next((n for n, (value, _) in enumerate(entry.options) if value == entry.value), 0))
        return combo
    if entry.kind is EntryKind.SEVERAL:
        return _ticked(entry)
    line = QLineEdit()
    line.setPlaceholderText(entry.hint)
    if entry.kind is EntryKind.SECRET:
        line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setText(_shown(entry.value))
    return line


def _detail(choice: QComboBox, details: Mapping[Any, str]) -> QLabel:
    """Words on what is chosen; with room for the longest, so that the dialog keeps its size."""
    label = QLabel()
    label.setObjectName("detail")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    metrics = label.fontMetrics()
    longest = max(details.values(), key=metrics.horizontalAdvance)
    label.setMinimumWidth(_DETAIL_WIDTH)
    room = metrics.boundingRect(0, 0, _DETAIL_WIDTH, 0, Qt.TextFlag.TextWrapAnywhere, longest)
    label.setMinimumHeight(room.height())

    def say() -> None:
        label.setText(details.get(choice.currentData(), ""))

    choice.currentIndexChanged.connect(say)
    say()
    return label


def _shown(value: object) -> str:
    """A value as its field shows it."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _ticked(entry: Entry) -> QListWidget:
    ticked = QListWidget()
    for value, words in entry.options:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if value in (entry.value or ()) else Qt.CheckState.Unchecked)
        ticked.addItem(item)
    lines = min(max(ticked.count(), 1), _LINES_AT_MOST)
    ticked.setFixedHeight(lines * max(ticked.sizeHintForRow(0), 18) + 2 * ticked.frameWidth() + 2)
    return ticked


def _value(entry: Entry, field: QWidget) -> Any:
    """What was entered.

    Raises
    ------
    ValueError
        It is no figure or day.
    """
    if isinstance(field, QComboBox):
        return field.currentData()
    if isinstance(field, QListWidget):
        items = (field.item(row) for row in range(field.count()))
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is Qt.CheckState.Checked]
    assert isinstance(field, QLineEdit)  # noqa: S101 - there are no other fields
    text = field.text().strip()
    if not text:
        return None
    readers: dict[EntryKind, Callable[[str], Any]] = {
        EntryKind.WHOLE: int,
        EntryKind.NUMBER: float,
        EntryKind.DAY: date.fromisoformat,
    }
    return readers[entry.kind](text) if entry.kind in readers else text


def _not_so(entry: Entry) -> str:
    translate = QCoreApplication.translate
    wanted = {
        EntryKind.WHOLE: translate("RecordDialog", "“{field}” must be a whole number."),
        EntryKind.NUMBER: translate("RecordDialog", "“{field}” must be a number."),
        EntryKind.DAY: translate("RecordDialog", "“{field}” must be a day such as 2019-05-31."),
    }
    return wanted[entry.kind].format(field=entry.label)
