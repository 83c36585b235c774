"""The page that is shown while no workspace is open."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPalette
from PySide6.QtWidgets import QWidget

from weijian.qt import thumbnails
from weijian.qt.forms.start_page import Ui_StartPage
from weijian.qt.icons import icon
from weijian.qt.jobs import Jobs, Question
from weijian.qt.recent_card import RecentCard
from weijian.qt.user_settings import UserSettings
from weijian.services.workspaces import is_workspace


class StartPage(QWidget):
    """Recent workspaces, the ways to another one, and what to do first.

    Parameters
    ----------
    settings : UserSettings
        Knows the recent workspaces.
    jobs : Jobs
        Look for workspaces and pictures.

    Attributes
    ----------
    new_asked, open_asked, connect_asked, restore_asked, demo_asked : Signal()
    opened : Signal(Path)
        A recent workspace is wanted.
    """

    new_asked = Signal()
    open_asked = Signal()
    connect_asked = Signal()
    restore_asked = Signal()
    demo_asked = Signal()
    opened = Signal(object)

    def __init__(self, settings: UserSettings, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._jobs = jobs
        self._cards: list[RecentCard] = []
        self._built = False
        self._question: Question | None = None
        self._form = Ui_StartPage()
        self._form.setupUi(self)
        self._connect()
        self._draw_icons()
        self._built = True
        self.refresh()

    def refresh(self) -> None:
        """Show the recent workspaces as they are now, and look whether they are still there."""
        if self._question is not None:
            self._question.drop()
        for card in self._cards:
            self._form.cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        today = datetime.now().astimezone().date()
        self._cards = [RecentCard(workspace, today, self._form.page) for workspace in self._settings.recent]
        for card in self._cards:
            card.opened.connect(partial(self._open, card))
            card.forgotten.connect(partial(self._forget, card))
            card.stepped.connect(partial(self._step, card))
            self._form.cards.addWidget(card)
        self._form.empty.setVisible(not self._cards)
        self._order_tabs()
        self._look_at(0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Icons are drawn anew for another palette."""
        if event.type() is QEvent.Type.PaletteChange and self._built:
            self._draw_icons()
        super().changeEvent(event)

    def _connect(self) -> None:
        self._form.new_workspace.clicked.connect(self.new_asked)
        self._form.open_workspace.clicked.connect(self.open_asked)
        self._form.connect_archive.clicked.connect(self.connect_asked)
        self._form.restore.clicked.connect(self.restore_asked)
        self._form.demo.clicked.connect(self.demo_asked)

    def _draw_icons(self) -> None:
        """The main button stands on the highlight, the others on the button's ground."""
        on_highlight = QGuiApplication.palette().color(QPalette.ColorRole.HighlightedText)
        self._form.new_workspace.setIcon(icon("folder-plus", on_highlight))
        self._form.open_workspace.setIcon(icon("folder-open"))
        self._form.connect_archive.setIcon(icon("server"))
        self._form.restore.setIcon(icon("rotate-ccw"))
        self._form.demo.setIcon(icon("sparkles"))

    def _order_tabs(self) -> None:
        before: QWidget = self._form.demo
        for card in self._cards:
            self.setTabOrder(before, card)
            before = card

    def _look_at(self, place: int) -> None:
        """Look at one workspace after the other: a share that does not answer holds up one worker, no more."""
        if place >= len(self._cards):
            self._question = None
            return
        card = self._cards[place]
        folder = card.workspace.folder
        look = partial(_look, folder, thumbnails.path_of(self._settings, folder))
        self._question = self._jobs.ask(self, look, partial(self._looked_at, card, place))

    def _looked_at(self, card: RecentCard, place: int, found: tuple[bool, QImage]) -> None:
        is_there, picture = found
        card.show_missing(not is_there)
        if not picture.isNull():
            card.show_picture(picture)
        self._look_at(place + 1)

    def _open(self, card: RecentCard) -> None:
        self.opened.emit(card.workspace.folder)

    def _forget(self, card: RecentCard) -> None:
        place = self._cards.index(card)
        folder = card.workspace.folder
        self._settings.forget(folder)
        picture = thumbnails.path_of(self._settings, folder)
        self._jobs.ask(self, partial(thumbnails.drop, picture), lambda _: None)
        self.refresh()
        if self._cards:
            self._cards[min(place, len(self._cards) - 1)].setFocus()
        else:
            self._form.new_workspace.setFocus()

    def _step(self, card: RecentCard, by: int) -> None:
        place = self._cards.index(card) + by
        if 0 <= place < len(self._cards):
            self._cards[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._form.scroll.ensureWidgetVisible(self._cards[place])


def _look(folder: Path, picture: Path) -> tuple[bool, QImage]:
    return is_workspace(folder), thumbnails.load(picture)
