"""One open workspace in the window: its map and panels, and how they hear of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QWidget
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from weijian.domain.change_set import ChangeSet
from weijian.domain.evidence import Evidence
from weijian.domain.finding import Finding
from weijian.qt.desk import Desk
from weijian.qt.dialogs.file_sorting import DroppedFiles
from weijian.qt.map.compare_view import CompareView
from weijian.qt.map.layers import LayerStack
from weijian.qt.map.map_tools import MapTools
from weijian.qt.map.readout import MapReadout
from weijian.qt.map.workspace_layers import WorkspaceLayers
from weijian.qt.operations.archives import ask_to_back_up, ask_to_copy, verify_archive
from weijian.qt.operations.exports import ask_for_findings_file, ask_for_web_map_folder, ask_for_weekly_report
from weijian.qt.operations.household import divide_building
from weijian.qt.panels.case_panel import CasePanel
from weijian.qt.panels.dossier_panel import DossierPanel
from weijian.qt.panels.layers_panel import LayersPanel
from weijian.qt.panels.photo_view import PhotoView
from weijian.qt.panels.review_panel import ReviewPanel
from weijian.qt.panels.tables_panel import TablesPanel
from weijian.qt.selection import Subject, SubjectKind
from weijian.qt.watch import Watch
from weijian.services.household_edits import Edit
from weijian.services.photo_import import place_photo
from weijian.services.places import Place, photo_of, place_of

_DIALOGS = (
    *("add_survey_dialog", "detection_dialog", "import_dialog", "settings_dialog", "shortcuts_dialog", "about_dialog"),
    *("move_case_dialog", "observation_dialog", "order_map_dialog", "photos_dialog", "imports_dialog"),
)
_LOAD_REST_MS = 1500

_LEAST_M = 40.0
"""A thing is shown with at least so much ground around it."""

_PANEL_OF = {SubjectKind.FINDING: "review", SubjectKind.HOUSEHOLD: "dossier", SubjectKind.CASE: "case"}


class Workbench(QObject):
    """Builds the map and the docks for a desk and wires them.

    Parameters
    ----------
    window : QMainWindow
        Gets the docks; its status bar gets the readout.
    desk : Desk
    commands : mapping of str to QAction
        The window's commands; those of a workspace are connected here.
    menus : mapping of str to QMenu
        The review's and the case's own actions and the docks are added to them, and taken off again.
    docks_below : tuple of QDockWidget
        The window's own, of jobs and messages; the tables stand before them.

    Attributes
    ----------
    files_dropped : Signal(tuple of Path)
        On the map or the layers; the window looks what they are and gives them back by :meth:`take_files`.
    """

    files_dropped = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        desk: Desk,
        commands: Mapping[str, QAction],
        menus: Mapping[str, QMenu],
        docks_below: tuple[QDockWidget, ...],
    ) -> None:
        super().__init__(window)
        self.desk = desk
        self._window = window
        self._commands = commands
        self._menus = menus
        self._added: list[tuple[QMenu, QAction]] = []
        self.layers = WorkspaceLayers(desk, LayerStack(self), self)
        self.centre = CompareView(desk, self.layers)
        self.tools = MapTools(desk, self.centre.canvas, self.layers.stack, commands, self)
        self.review = ReviewPanel(desk)
        self.dossier = DossierPanel(desk)
        self.case = CasePanel(desk)
        self.tables = TablesPanel(desk)
        self.layers_panel = LayersPanel(desk, self.layers)
        self._readout = MapReadout(self.centre.canvas)
        window.statusBar().addPermanentWidget(self._readout)
        self._docks_below = docks_below
        self.docks = self._make_docks(docks_below)
        self._fill_menus(docks_below)
        self._connect()
        self._watch = Watch(desk, self)
        QTimer.singleShot(_LOAD_REST_MS, self, self._load_rest)

    @property
    def is_loading(self) -> bool:
        """Whether the map is not all drawn yet."""
        return not self.layers.stack.layers or self.centre.is_loading

    def picture(self) -> QImage:
        """The map as it is."""
        return self.centre.picture()

    def restore(self, state: QByteArray) -> None:
        """Put the docks where they were; the first time where they usually are."""
        if state.isEmpty() or not self._window.restoreState(state):
            self._arrange()
        self.centre.canvas.setFocus()  # single keys are the map's and the review's from the start

    def take_files(self, files: DroppedFiles) -> None:
        """Open the dialogs for files that were dropped."""
        if files.folders:
            self.import_photos(files.folders[0])
        if files.rasters:
            self.add_survey(files.rasters)
        if files.tables:
            self.import_archive(files.tables)
        if files.others:
            names = ", ".join(path.name for path in files.others)
            self.desk.messages.notice(self.tr("Not a survey and not an archive table: {names}").format(names=names))

    def add_survey(self, files: tuple[Path, ...] = ()) -> None:
        """Ask about a new survey."""
        from weijian.qt.dialogs.add_survey_dialog import AddSurveyDialog

        AddSurveyDialog(self.desk, files, self._window).open()

    def import_archive(self, files: tuple[Path, ...] = ()) -> None:
        """Ask how a table is to be imported."""
        from weijian.qt.dialogs.import_dialog import ImportDialog

        ImportDialog(self.desk, files, self._window).open()

    def import_photos(self, folder: Path | None = None) -> None:
        """Ask which photographs are to be imported."""
        from weijian.qt.dialogs.photos_dialog import PhotosDialog

        PhotosDialog(self.desk, folder, self._window).open()

    def show_imports(self) -> None:
        """Show what was imported; an import can be taken back there."""
        from weijian.qt.dialogs.imports_dialog import ImportsDialog

        ImportsDialog(self.desk, self._window).open()

    def detect(self) -> None:
        """Ask how to detect."""
        from weijian.qt.dialogs.detection_dialog import DetectionDialog

        DetectionDialog(self.desk, self._window).open()

    def _load_rest(self) -> None:
        """Load in a worker what the dialogs need, so that the first one opens as quickly as the next."""
        self.desk.jobs.ask(self, _load_dialogs, lambda _: None)

    def show_panel(self, name: str) -> None:
        """Bring a dock to the front."""
        self.docks[name].show()
        self.docks[name].raise_()

    def _find_household(self) -> None:
        self.show_panel("dossier")
        self.dossier.search()

    def _raise_jobs(self) -> None:
        jobs = self._docks_below[0]
        jobs.show()
        jobs.raise_()

    def close(self) -> None:
        """Take everything off the window."""
        self.layers.keep()
        self.tools.close()
        self.centre.close_workers()
        for menu, action in self._added:
            menu.removeAction(action)
        self._window.statusBar().removeWidget(self._readout)
        for dock in self.docks.values():
            self._window.removeDockWidget(dock)
            dock.setObjectName("")  # it lives a little longer, and must not be taken for the next workspace's
            dock.deleteLater()
        for widget in (self._readout, self.centre):
            widget.hide()
            widget.deleteLater()
        for command, slot in self._connected:
            command.triggered.disconnect(slot)
        self.desk.undoing.deleteLater()
        self.desk.selection.deleteLater()
        self.deleteLater()

    # Building

    def _make_docks(self, docks_below: tuple[QDockWidget, ...]) -> dict[str, QDockWidget]:
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        docks = {}
        for name, title, widget, area in (
            ("layers", self.tr("Layers"), self.layers_panel, left),
            ("review", self.tr("Findings"), self.review, right),
            ("dossier", self.tr("Household"), self.dossier, right),
            ("case", self.tr("Case"), self.case, right),
            ("tables", self.tr("Tables"), self.tables, bottom),
        ):
            docks[name] = self._dock(name, title, widget, area)
        self._window.tabifyDockWidget(docks["review"], docks["dossier"])
        self._window.tabifyDockWidget(docks["dossier"], docks["case"])
        for dock in docks_below:
            self._window.tabifyDockWidget(docks["tables"], dock)
        return docks

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"{name}-dock")
        dock.setWidget(widget)
        self._window.addDockWidget(area, dock)
        return dock

    def _arrange(self) -> None:
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._window.resizeDocks([self.docks["layers"], self.docks["review"]], [230, 350], horizontal)
        for dock in self._docks_below:
            dock.show()
        self._window.resizeDocks([self.docks["tables"]], [216], vertical)
        self.show_panel("tables")
        self.show_panel("review")

    def _fill_menus(self, docks_below: tuple[QDockWidget, ...]) -> None:
        self._add("map", *self.centre.modes.values())
        self._add("review", *self.review.verbs.values())
        self._add("case", *self.case.verbs.values())
        self._add("view", *(dock.toggleViewAction() for dock in (*self.docks.values(), *docks_below)))

    def _add(self, menu: str, *actions: QAction) -> None:
        for action in actions:
            self._menus[menu].addAction(action)
            self._added.append((self._menus[menu], action))

    def _connect(self) -> None:
        does: dict[str, Callable[[], None]] = {
            "import": self.import_archive,
            "add-survey": self.add_survey,
            "import-photos": self.import_photos,
            "imports": self.show_imports,
            "detect": self.detect,
            "back-up": partial(ask_to_back_up, self.desk, self._window, self._raise_jobs),
            "copy-archive": partial(ask_to_copy, self.desk, self._window, self._raise_jobs),
            "verify": partial(verify_archive, self.desk, self._raise_jobs),
            "find-household": self._find_household,
            "export-findings": partial(ask_for_findings_file, self.desk, self._raise_jobs),
            "export-web-map": partial(ask_for_web_map_folder, self.desk, self._raise_jobs),
            "export-weekly": partial(ask_for_weekly_report, self.desk, self._window),
            "full-extent": self.centre.canvas.zoom_full,
            "zoom-selection": self._zoom_to_selection,
            "zoom-in": partial(self.centre.canvas.zoom_by, 2.0),
            "zoom-out": partial(self.centre.canvas.zoom_by, 0.5),
        }
        self._connected = []
        for name, verb in does.items():
            slot = partial(_without_checked, verb)
            self._commands[name].triggered.connect(slot)
            self._connected.append((self._commands[name], slot))
        self.centre.hint.connect(self._window.statusBar().showMessage)
        self.centre.trouble.connect(self.layers.report_trouble)
        self.centre.files_dropped.connect(self.files_dropped)
        self.layers_panel.files_dropped.connect(self.files_dropped)
        self.layers_panel.add_survey_asked.connect(self.add_survey)
        self.layers_panel.import_asked.connect(self.import_archive)
        self.layers_panel.zoom_asked.connect(self.centre.zoom_to)
        self.layers.opened.connect(self.centre.canvas.zoom_full)
        self.review.detect_asked.connect(self.detect)
        self.review.zoom_asked.connect(self.centre.zoom_to)
        self.review.edit_outline_asked.connect(self._edit_outline)
        self.dossier.split_asked.connect(self._split_building)
        self.tools.opened.connect(self._open)
        self.tables.checks.place_asked.connect(self._show_ground)
        self.tables.photos.import_asked.connect(self.import_photos)
        self.tables.photos.opened.connect(self._look_at_photo)
        self.tables.photos.place_asked.connect(self._place_photo)
        self.desk.selection.asked.connect(self._show)
        self.desk.selection.changed.connect(self._point_out)
        self.desk.undoing.done.connect(self._show_turned)
        self.desk.jobs.changed.connect(self._changed)

    # Following the selection

    def _show(self, subject: Subject) -> None:
        self._ask_place(subject, self._bring_into_view)

    def _point_out(self, subject: Subject | None) -> None:
        if subject is None:
            self.tools.highlight(None)
        else:
            self._ask_place(subject, lambda place: self.tools.highlight(None if place is None else place.geometry))

    def _changed(self, changes: ChangeSet) -> None:
        if changes.parts:
            self._point_out(self.desk.selection.subject)

    def _show_turned(self, turned: object) -> None:
        """After an edit of a household was taken back or done again, show it."""
        if isinstance(turned, Edit) and turned.household_no:
            self.desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, turned.household_no))

    def _ask_place(self, subject: Subject, then: Callable[[Place | None], None]) -> None:
        def show(place: Place | None) -> None:
            if self.desk.selection.subject == subject:
                then(place)

        self._ask_for_place(subject, show)

    def _ask_for_place(self, subject: Subject, then: Callable[[Place | None], None]) -> None:
        """Where a thing is, whatever is looked at."""
        work = partial(place_of, self.desk.folder, subject.kind.value, subject.number)
        self.desk.jobs.ask(self, work, then, lambda _: self.tools.highlight(None))

    def _bring_into_view(self, place: Place | None) -> None:
        if place is None:
            return
        left, bottom, right, top = place.bounds
        grow = max(0.0, (_LEAST_M - max(right - left, top - bottom)) / 2)
        self.centre.zoom_to((left - grow, bottom - grow, right + grow, top + grow))

    def _zoom_to_selection(self) -> None:
        subject = self.desk.selection.subject
        if subject is not None:
            self._show(subject)

    def _show_ground(self, ground: BaseGeometry | None) -> None:
        """Point out ground that a check found something on."""
        outline = ground if isinstance(ground, Polygon | MultiPolygon) and not ground.is_empty else None
        self.tools.highlight(outline)
        if outline is not None:
            self._bring_into_view(Place(outline.bounds, outline))

    def _look_at_photo(self, sha256: str) -> None:
        def show(photo: Evidence) -> None:
            taken = "" if photo.taken_at is None else photo.taken_at.isoformat(" ")
            PhotoView(self.desk, sha256, f"{photo.original_name or ''}  {taken}".strip(), self._window).open()

        self.desk.jobs.ask(self, partial(photo_of, self.desk.folder, sha256), show)

    def _place_photo(self, sha256: str) -> None:
        def placed(x: float, y: float) -> None:
            told = self.tr("The photograph was placed.")
            self.desk.jobs.keep(
                self, partial(place_photo, self.desk.folder, sha256, x, y), lambda _: self.desk.messages.notice(told)
            )

        self.tools.pick_point(self.tr("Click where the photograph was taken; Esc to leave it"), placed)

    def _open(self, subject: Subject) -> None:
        """Show a thing's own panel."""
        if subject.kind is SubjectKind.PHOTO:
            self._look_at_photo(subject.number)
            return
        name = _PANEL_OF.get(subject.kind, "dossier")
        self.show_panel(name)
        self.desk.selection.ask_for(subject)

    def _split_building(self, building_no: str) -> None:
        """Show a building and let the user draw the line that divides it."""
        self._ask_for_place(Subject(SubjectKind.BUILDING, building_no), self._bring_into_view)
        self.tools.draw_line(partial(divide_building, self.desk, building_no))

    def _edit_outline(self, finding: Finding) -> None:
        self.tools.edit_outline(finding.structure, partial(self.review.apply_outline, finding.finding_no))


def _load_dialogs() -> None:
    for name in _DIALOGS:
        import_module(f"weijian.qt.dialogs.{name}")


def _without_checked(verb: Callable[[], None], _checked: bool = False) -> None:
    verb()
