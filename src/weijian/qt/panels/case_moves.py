"""What could happen next in a case, with what each step still needs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from weijian.domain.case_needs import BYWAYS, MoveNeeds
from weijian.domain.language import Language
from weijian.qt.icons import icon
from weijian.qt.panels.quiet_text import empty_layout, quiet_label
from weijian.qt.wording import name_of


class CaseMoves(QWidget):
    """A button for each step of the course, the rest in a menu. ``chosen(MoveNeeds)`` tells which was clicked.

    Parameters
    ----------
    language : {"zh", "en"}
        Of the law's words.
    parent : QWidget, optional
    """

    chosen = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(3)

    def show_moves(self, moves: tuple[MoveNeeds, ...]) -> None:
        """Show other moves."""
        empty_layout(self._rows)
        if not moves:
            self._rows.addWidget(quiet_label(self.tr("The case has ended; nothing comes next.")))
        for needs in moves:
            if needs.target not in BYWAYS:
                self._add_button(needs)
        byways = [needs for needs in moves if needs.target in BYWAYS]
        if byways:
            self._add_menu(byways)

    def needs_text(self, needs: MoveNeeds) -> str:
        """What a move needs, in words."""
        if needs.missing:
            text = self.tr("Not yet: {why} ({basis})")
            return "\n".join(
                text.format(why=each.why.said_in(self._language), basis=each.basis.said_in(self._language))
                for each in needs.missing
            )
        wanted = [
            self.tr("two officers") if needs.officers == 2 else self.tr("an officer"),
            *([self.tr("document number")] if needs.document else []),
            self.tr("reason"),
        ]
        return self.tr("Needs: {wanted}").format(wanted=self.tr(", ").join(wanted))

    def _add_button(self, needs: MoveNeeds) -> None:
        button = QPushButton(icon("arrow-right"), name_of(needs.target), self)
        button.setObjectName(f"move-{needs.target}")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setEnabled(needs.open)
        button.setToolTip(self.needs_text(needs))
        button.setAccessibleDescription(self.needs_text(needs))
        button.clicked.connect(partial(self.chosen.emit, needs))
        self._rows.addWidget(button)
        self._rows.addWidget(quiet_label(self.needs_text(needs)))

    def _add_menu(self, byways: list[MoveNeeds]) -> None:
        more = QToolButton(self)
        more.setObjectName("more-moves")
        more.setText(self.tr("More steps"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.setToolTipsVisible(True)
        for needs in byways:
            action = menu.addAction(name_of(needs.target))
            action.setObjectName(f"move-{needs.target}")
            action.setEnabled(needs.open)
            action.setToolTip(self.needs_text(needs))
            action.triggered.connect(partial(self.chosen.emit, needs))
        more.setMenu(menu)
        self._rows.addWidget(more)
