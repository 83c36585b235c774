"""The dock of layers and surveys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from weijian.domain.change_set import Part
from weijian.domain.survey import Survey
from weijian.qt.desk import Desk
from weijian.qt.dialogs.layer_properties import LayerProperties
from weijian.qt.dropped_files import dropped_paths
from weijian.qt.forms.layers_panel import Ui_LayersPanel
from weijian.qt.icons import icon
from weijian.qt.map.layers import MapLayer
from weijian.qt.map.styles import styles_for
from weijian.qt.map.workspace_layers import WorkspaceLayers
from weijian.qt.models.layer_tree_model import KEY, LayerTreeModel
from weijian.qt.operations import surveys
from weijian.services.map_contents import ProductOnMap
from weijian.services.map_rasters import OverviewsMissing

_OPEN_AT_FIRST = frozenset({Part.FINDINGS.value})
"""Layers whose classes are to be seen from the beginning."""


class LayersPanel(QWidget):
    """The tree of layers, how the chosen one looks, and what can be done with it.

    Attributes
    ----------
    add_survey_asked, import_asked : Signal()
    zoom_asked : Signal(Bounds)
        To a layer, in the map's CRS.
    files_dropped : Signal(tuple of Path)
    """

    add_survey_asked = Signal()
    import_asked = Signal()
    zoom_asked = Signal(object)
    files_dropped = Signal(object)

    def __init__(self, desk: Desk, layers: WorkspaceLayers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._built = False
        self._desk = desk
        self._layers = layers
        self._stack = layers.stack
        self._form = Ui_LayersPanel()
        self._form.setupUi(self)
        self._model = LayerTreeModel(self._stack, self)
        self._form.tree.setModel(self._model)
        self._chosen_key: str | None = None
        self._closed: set[str] = set()
        self._open: dict[str, bool] = {}
        self.setAcceptDrops(True)
        self._connect()
        self._restore_tree()
        self._arrange()
        self._built = True

    @property
    def chosen(self) -> MapLayer | None:
        """The layer that is selected in the tree."""
        key = self._form.tree.currentIndex().data(KEY)
        return self._stack.get(key) if key else None

    def choose(self, key: str) -> None:
        """Select a layer."""
        self._form.tree.setCurrentIndex(self._model.index_of(key))

    def menu_for(self, key: str) -> QMenu:
        """What can be done with a layer."""
        menu = QMenu(self)
        layer, product = self._stack.get(key), self._layers.product(key)
        if layer is None:
            return menu
        if layer.source is not None:
            menu.addAction(self._action(menu, "locate", self.tr("Zoom to the layer"), partial(self._zoom, key)))
        if product is not None:
            self._add_survey_actions(menu, layer, product)
        return menu

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Pass dropped files on."""
        paths = dropped_paths(event.mimeData())
        event.acceptProposedAction()
        self.files_dropped.emit(paths)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw everything anew in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._built:
            self._draw_icons()
            self._model.follow()

    # Building

    def _connect(self) -> None:
        form = self._form
        for button, verb in (
            (form.add_survey_button, self.add_survey_asked.emit),
            (form.import_button, self.import_asked.emit),
            (form.zoom_button, lambda: self._with_chosen(self._zoom)),
            (form.properties_button, lambda: self._with_chosen(self._show_properties)),
            (form.remove_button, lambda: self._with_chosen(self._remove)),
        ):
            button.clicked.connect(verb)
        self._draw_icons()
        form.tree.customContextMenuRequested.connect(self._pop_up)
        form.tree.selectionModel().currentChanged.connect(self._show_chosen)
        form.tree.doubleClicked.connect(lambda index: self._zoom(index.data(KEY)))
        form.opacity.valueChanged.connect(self._set_opacity)
        form.style.activated.connect(self._set_style)
        self._model.rebuilding.connect(self._note_tree)
        self._model.rebuilt.connect(self._restore_tree)
        self._stack.changed.connect(self._arrange)

    def _draw_icons(self) -> None:
        form = self._form
        for button, drawing in (
            (form.add_survey_button, "plane-takeoff"),
            (form.import_button, "file-plus"),
            (form.zoom_button, "locate"),
            (form.properties_button, "info"),
            (form.remove_button, "trash-2"),
        ):
            button.setIcon(icon(drawing))

    def _add_survey_actions(self, menu: QMenu, layer: MapLayer, product: ProductOnMap) -> None:
        survey = product.survey
        if layer.problem is not None and not isinstance(self._layers.trouble(layer.key), OverviewsMissing):
            find = partial(surveys.find, self._desk, self, survey, product.product)
            menu.addAction(self._action(menu, "file-search", self.tr("Find the file…"), find))
        if product.wants_overviews:
            build = partial(surveys.make_overviews, self._desk, survey, lambda _: self._layers.look_again())
            menu.addAction(self._action(menu, "layers", self.tr("Build overviews"), build))
        menu.addAction(self._action(menu, "pencil", self.tr("Rename…"), partial(self._rename, layer.key)))
        menu.addAction(self._action(menu, "info", self.tr("Properties…"), partial(self._show_properties, layer.key)))
        menu.addSeparator()
        menu.addAction(self._action(menu, "trash-2", self.tr("Remove the survey…"), partial(self._remove, layer.key)))

    def _action(self, menu: QMenu, drawing: str, text: str, verb: Callable[[], object]) -> QAction:
        action = QAction(icon(drawing), text, menu)
        action.triggered.connect(lambda _checked=False: verb())
        return action

    # Showing

    def _note_tree(self) -> None:
        """Before all rows are replaced: which are open, and which is chosen."""
        tree, model = self._form.tree, self._model
        indexes = [model.index(row, 0) for row in range(model.rowCount())]
        self._chosen_key = tree.currentIndex().data(KEY)
        self._closed = {index.data() for index in indexes if not tree.isExpanded(index)}
        self._open = {
            child.data(KEY): tree.isExpanded(child)
            for index in indexes
            for child in (model.index(row, 0, index) for row in range(model.rowCount(index)))
        } | {key: opened for key, opened in self._open.items() if not model.index_of(key).isValid()}

    def _restore_tree(self) -> None:
        tree, model = self._form.tree, self._model
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            tree.setExpanded(index, index.data() not in self._closed)
            for place in range(model.rowCount(index)):
                child = model.index(place, 0, index)
                tree.setExpanded(child, self._open.get(child.data(KEY), child.data(KEY) in _OPEN_AT_FIRST))
        if self._chosen_key:
            self.choose(self._chosen_key)

    def _arrange(self) -> None:
        self._show_chosen()

    def _say(self, chosen: MapLayer | None) -> None:
        """What to do first, or what is wrong: with the chosen layer, or with some."""
        hint, layers = self._form.hint, self._stack.layers
        if not layers:
            hint.setText(
                self.tr("Nothing on the map yet. Import the archive and add the surveys, or drop their files here.")
            )
        elif chosen is not None and chosen.problem:
            hint.setText(chosen.problem)
        else:
            hint.setText(self.tr("A layer with a warning cannot be shown in full; its menu helps to find the file."))
        hint.setVisible(not layers or any(layer.problem for layer in layers))

    def _show_chosen(self, *_indexes: QModelIndex) -> None:
        form, layer = self._form, self.chosen
        self._say(layer)
        is_survey = layer is not None and self._layers.product(layer.key) is not None
        form.opacity.setEnabled(layer is not None)
        form.zoom_button.setEnabled(layer is not None and layer.source is not None)
        form.properties_button.setEnabled(is_survey)
        form.remove_button.setEnabled(is_survey)
        form.opacity.blockSignals(True)
        form.opacity.setValue(100 if layer is None else round(layer.opacity * 100))
        form.opacity.blockSignals(False)
        choices = () if layer is None else styles_for(layer.key)
        form.style.clear()
        for choice in choices:
            form.style.addItem(choice.title, choice.key)
        form.style.setEnabled(len(choices) > 1)
        if layer is not None and choices:
            form.style.setCurrentIndex(max(0, form.style.findData(layer.style)))

    # Verbs

    def _with_chosen(self, verb: Callable[[str], None]) -> None:
        layer = self.chosen
        if layer is not None:
            verb(layer.key)

    def _pop_up(self, at: QPoint) -> None:
        key = self._form.tree.indexAt(at).data(KEY)
        if key:
            menu = self.menu_for(key)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._form.tree.viewport().mapToGlobal(at))

    def _zoom(self, key: str) -> None:
        layer = self._stack.get(key) if key else None
        if layer is not None and layer.source is not None and layer.source.bounds is not None:
            self.zoom_asked.emit(layer.source.bounds)

    def _set_opacity(self, value: int) -> None:
        layer = self.chosen
        if layer is not None:
            self._stack.alter(layer.key, opacity=value / 100)

    def _set_style(self, index: int) -> None:
        layer = self.chosen
        if layer is not None:
            self._layers.set_style(layer.key, self._form.style.itemData(index))

    def _show_properties(self, key: str) -> None:
        layer, product = self._stack.get(key), self._layers.product(key)
        if layer is not None and product is not None:
            LayerProperties(self._desk, layer.title, product, self).open()

    def _rename(self, key: str) -> None:
        product = self._layers.product(key)
        if product is None:
            return
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename the survey"))
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextValue(product.survey.name)
        survey = product.survey
        dialog.textValueSelected.connect(lambda name: self._keep_name(survey, name))
        dialog.open()

    def _keep_name(self, survey: Survey, name: str) -> None:
        if name.strip():
            surveys.rename(self._desk, self, survey, name.strip())

    def _remove(self, key: str) -> None:
        product = self._layers.product(key)
        if product is not None:
            surveys.remove(self._desk, self, product.survey)
