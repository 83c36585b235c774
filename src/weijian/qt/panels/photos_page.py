"""The photographs among the evidence as a table: looked at, and placed by hand where the camera knew no place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from weijian.qt.desk import Desk
from weijian.qt.icons import icon
from weijian.qt.models.register_models import RegisterContent
from weijian.qt.panels.register_page import RegisterPage, tool_button
from weijian.services.photo_import import match_photos
from weijian.services.registers import RegisterKind


class PhotosPage(RegisterPage):
    """The register of photographs.

    Attributes
    ----------
    import_asked : Signal()
    opened : Signal(str)
        The photograph of that hash is to be shown.
    place_asked : Signal(str)
        The user wants to say on the map where that photograph was taken.
    """

    import_asked = Signal()
    opened = Signal(str)
    place_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, RegisterKind.PHOTOS, parent)
        self.take = tool_button(icon("camera"), self.tr("Import &photographs…"), self)
        self.take.setObjectName("importPhotos")
        self.look = tool_button(icon("eye"), self.tr("&Look at it"), self)
        self.look.setObjectName("lookAtPhoto")
        self.place = tool_button(icon("map-pin"), self.tr("P&lace on the map"), self)
        self.place.setObjectName("placePhoto")
        self.match = tool_button(icon("building"), self.tr("&Match buildings anew"), self)
        self.match.setObjectName("matchPhotos")
        self._state = QLabel(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 0, 6, 2)
        bar.setSpacing(4)
        for widget in (self.take, self.look, self.place, self.match, self._state):
            bar.addWidget(widget)
        bar.addStretch(1)
        self._column.insertLayout(0, bar)
        self.take.clicked.connect(self.import_asked)
        self.look.clicked.connect(lambda: self._emit(self.opened))
        self.place.clicked.connect(lambda: self._emit(self.place_asked))
        self.match.clicked.connect(self._match)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # those without position first
        self.table.doubleClicked.connect(lambda _: self._emit(self.opened))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.counted.connect(self._enable)
        self._enable()

    @property
    def chosen(self) -> str | None:
        """Hash of the photograph in the current row."""
        index = self.table.currentIndex()
        return self.model.number_at(index.row()) if index.isValid() else None

    def _emit(self, signal: SignalInstance) -> None:
        if self.chosen is not None:
            signal.emit(self.chosen)

    def _match(self) -> None:
        told = self.tr("{count} photographs show a building.")
        self._desk.jobs.keep(
            self,
            partial(match_photos, self._desk.folder),
            lambda count: self._desk.messages.notice(told.format(count=count)),
        )

    def _enable(self) -> None:
        some = self.chosen is not None
        for button in (self.look, self.place):
            button.setEnabled(some)
        self.match.setEnabled(self.total > 0)
        content = self.model.content
        if content is None:
            return
        placed = next(column for column in content.columns if column.name == "position_from").values
        lost = sum(value is None for value in placed)
        text = self.tr("{count} have no position: choose one and place it on the map.").format(count=lost)
        self._state.setText(text if lost else "")

    def _first_show(self, content: RegisterContent) -> None:
        super()._first_show(content)
        self.table.setColumnHidden(0, True)

    def _take_up(self, current: QModelIndex) -> None:
        super()._take_up(current)
        self._enable()
