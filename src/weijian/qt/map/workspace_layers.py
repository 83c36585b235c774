"""The layers of the open workspace: read when it opens, read again when it changes, kept as the user set them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.survey import Survey
from weijian.qt.desk import Desk
from weijian.qt.map.layers import Group, LayerStack, MapLayer, Side
from weijian.qt.map.raster_source import RasterSource
from weijian.qt.map.vector_source import Shapes, VectorSource
from weijian.qt.messages import sentence_of
from weijian.services.map_contents import MapContents, Pair, ProductOnMap, map_contents
from weijian.services.map_rasters import Product
from weijian.services.outlines import PARTS, read_outlines

_HIDDEN_AT_FIRST = frozenset({Part.PERMITS, Part.CASES})
_ALSO_DEPENDS = {
    Part.FINDINGS: (Part.FINDINGS, Part.CASES, Part.LEADS),
    Part.CASES: (Part.CASES, Part.FINDINGS, Part.BUILDINGS),
}
_KEEP_AFTER_MS = 800


def survey_key(survey_id: int, product: Product) -> str:
    """Key of the layer of a survey's product."""
    return f"survey/{survey_id}/{product.value}"


class WorkspaceLayers(QObject):
    """Fills a stack with what the workspace has, and keeps it so.

    Attributes
    ----------
    surveys_changed : Signal()
        Other surveys, or another pair.
    opened : Signal()
        The surveys were looked at for the first time: there is something to see.
    """

    surveys_changed = Signal()
    opened = Signal()

    def __init__(self, desk: Desk, stack: LayerStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.stack = stack
        self.surveys: tuple[Survey, ...] = ()
        self.pair: Pair | None = None
        self._products: dict[str, ProductOnMap] = {}
        self._shapes: dict[str, Shapes] = {}
        self._wishes: dict[str, Any] = self._kept_wishes()
        self._order: list[str] = list(self._wishes.get("order", []))
        self._seen = False
        self._keeper = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._keeper.timeout.connect(self.keep)
        stack.changed.connect(self._note_order)
        desk.jobs.changed.connect(self._changed)
        self._read_surveys()
        for part in PARTS:
            self._read_part(part)

    def product(self, key: str) -> ProductOnMap | None:
        """The survey's product that a layer shows."""
        return self._products.get(key)

    def survey(self, survey_id: int | None) -> Survey | None:
        """A survey by its id."""
        return next((each for each in self.surveys if each.survey_id == survey_id), None)

    def set_pair(self, before: int | None, after: int) -> None:
        """Compare these two: each lies on its side, where their detection found it to lie."""
        if (before, after) != self.pair:
            self._read_surveys((before, after))

    def set_style(self, key: str, style: str) -> None:
        """Draw a layer of outlines in another of its styles."""
        layer, shapes = self.stack.get(key), self._shapes.get(key)
        if layer is not None and shapes is not None:
            self.stack.put(replace(layer, style=style, source=VectorSource(shapes, style)))

    def report_trouble(self, key: str, error: BaseException) -> None:
        """A piece of a layer could not be drawn: the layer says why."""
        self.stack.alter(key, problem=sentence_of(error, self._desk.language))

    def look_again(self) -> None:
        """Look at the files of all surveys again."""
        self._read_surveys(self.pair)

    def keep(self) -> None:
        """Keep how the user has set the layers, for the next time."""
        self._keeper.stop()
        layers = self.stack.layers
        wishes = {each.key: {"visible": each.visible, "opacity": each.opacity, "style": each.style} for each in layers}
        self._wishes = {**self._wishes, **wishes, "order": self._order}
        self._desk.settings.set_text(self._name(), json.dumps(self._wishes))

    # Reading

    def _read_surveys(self, pair: Pair | None = None) -> None:
        look = partial(map_contents, self._desk.folder, self._desk.crs, pair)
        self._desk.jobs.ask(self, look, self._show_surveys)

    def _read_part(self, part: Part) -> None:
        self._desk.jobs.ask(self, partial(_shapes_of, self._desk.folder, part), partial(self._show_part, part))

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Part.SURVEYS):
            self._read_surveys(self.pair if self.pair is not None and self.pair[0] is not None else None)
        elif changes.touches(Part.SETTINGS):  # where a detection keeps how surveys lie
            self._read_surveys(self.pair)
        for part in PARTS:
            if changes.touches(*_ALSO_DEPENDS.get(part, (part,))):
                self._read_part(part)

    def _show_surveys(self, contents: MapContents) -> None:
        self.surveys, self.pair = contents.surveys, contents.pair
        self._products = {survey_key(p.survey.survey_id, p.product): p for p in contents.products}
        layers = [self._survey_layer(key, product) for key, product in self._products.items()]
        others = [layer for layer in self.stack.layers if layer.group is not Group.SURVEYS]
        self.stack.show(self._ordered([*others, *layers]))
        self.surveys_changed.emit()
        if not self._seen:
            self._seen = True
            self.opened.emit()

    def _show_part(self, part: Part, shapes: Shapes) -> None:
        key = part.value
        if not len(shapes.outlines.numbers):
            self._shapes.pop(key, None)
            self.stack.remove(key)
            return
        self._shapes[key] = shapes
        layer = self.stack.get(key)
        if layer is None:
            wish = self._wishes.get(key, {})
            group = Group.FINDINGS if part in (Part.FINDINGS, Part.CASES) else Group.ARCHIVE
            layer = MapLayer(
                key=key,
                title=_title(part),
                group=group,
                source=None,
                visible=bool(wish.get("visible", part not in _HIDDEN_AT_FIRST)),
                opacity=float(wish.get("opacity", 1.0)),
                style=str(wish.get("style", "")),
            )
            others = [each for each in self.stack.layers if each.key != key]
            shown = replace(layer, source=VectorSource(shapes, layer.style))
            self.stack.show(self._ordered([*others, shown]))
        else:
            self.stack.put(replace(layer, source=VectorSource(shapes, layer.style)))

    def _survey_layer(self, key: str, product: ProductOnMap) -> MapLayer:
        kept = self.stack.get(key)
        wish = self._wishes.get(key, {})
        usual = product.product is Product.ORTHO and self._side(product.survey) is not Side.BOTH
        problem = product.problem
        return MapLayer(
            key=key,
            title=self._survey_title(product),
            group=Group.SURVEYS,
            source=None if product.raster is None else RasterSource(product.raster),
            visible=bool(wish.get("visible", usual)) if kept is None else kept.visible,
            opacity=float(wish.get("opacity", 1.0)) if kept is None else kept.opacity,
            side=self._side(product.survey),
            problem=None if problem is None else sentence_of(problem, self._desk.language),
        )

    def _side(self, survey: Survey) -> Side:
        if self.pair is None or survey.survey_id not in self.pair:
            return Side.BOTH
        return Side.AFTER if survey.survey_id == self.pair[1] else Side.BEFORE

    def _survey_title(self, product: ProductOnMap) -> str:
        what = (
            QCoreApplication.translate("layers", "orthophoto")
            if product.product is Product.ORTHO
            else QCoreApplication.translate("layers", "surface model")
        )
        return f"{product.survey.name} · {what}"

    def _ordered(self, layers: Sequence[MapLayer]) -> list[MapLayer]:
        """As the user had them; what is new has its usual place: outlines above surveys, newer ones above older."""
        known = {key: place for place, key in enumerate(self._order)}
        usual = {part.value: place for place, part in enumerate(PARTS)}

        def place(layer: MapLayer) -> tuple[int, float]:
            if layer.group is not Group.SURVEYS:
                return 0, known.get(layer.key, usual[layer.key] - 0.5 if known else usual[layer.key])
            survey = self._products[layer.key].survey
            age = -survey.flown_on.toordinal() + (0 if layer.key.endswith(Product.ORTHO.value) else 1e6)
            return 1, float(known.get(layer.key, age))

        return sorted(layers, key=place)

    # What the user has set

    def _note_order(self) -> None:
        self._order = merged([layer.key for layer in self.stack.layers], self._order)
        self._keeper.start()

    def _name(self) -> str:
        return f"layers/{hashlib.sha256(str(self._desk.folder).encode()).hexdigest()[:16]}"

    def _kept_wishes(self) -> dict[str, Any]:
        text = self._desk.settings.text(self._name())
        try:
            kept = json.loads(text) if text else {}
        except json.JSONDecodeError:
            return {}
        return kept if isinstance(kept, dict) else {}


def merged(present: Sequence[str], former: Sequence[str]) -> list[str]:
    """The present order, with those that are not there (yet) kept behind whom they followed.

    >>> merged(["c", "a"], ["a", "b", "c", "d"])
    ['c', 'd', 'a', 'b']
    """
    order = list(present)
    for place, key in enumerate(former):
        if key not in order:
            order.insert(order.index(former[place - 1]) + 1 if place else 0, key)
    return order


def _shapes_of(folder: Path, part: Part) -> Shapes:
    return Shapes(read_outlines(folder, part))


def _title(part: Part) -> str:
    titles = {
        Part.FINDINGS: QCoreApplication.translate("layers", "Findings"),
        Part.CASES: QCoreApplication.translate("layers", "Cases"),
        Part.BUILDINGS: QCoreApplication.translate("layers", "Buildings"),
        Part.PERMITS: QCoreApplication.translate("layers", "Permits"),
        Part.PARCELS: QCoreApplication.translate("layers", "Parcels"),
        Part.ZONES: QCoreApplication.translate("layers", "Control zones"),
    }
    return titles[part]
