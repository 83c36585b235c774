"""The layers of the open workspace: read when it opens, read again when it changes, kept as the user set them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.survey import Survey
from weijian.qt.desk import Desk
from weijian.qt.jobs import Question
from weijian.qt.map.layers import Group, LayerStack, MapLayer, Side
from weijian.qt.map.photo_source import PHOTOS, PhotoSource
from weijian.qt.map.raster_source import RasterSource
from weijian.qt.map.vector_source import Shapes, VectorSource
from weijian.qt.messages import sentence_of
from weijian.services.map_contents import MapContents, Pair, ProductOnMap, map_contents
from weijian.services.map_rasters import OverviewsMissing, Product
from weijian.services.outlines import PARTS, read_outlines, same_outlines
from weijian.services.photo_points import PhotoPoints, read_photo_points

T = TypeVar("T")

_HIDDEN_AT_FIRST = frozenset({Part.PERMITS, Part.CASES})
_ALSO_DEPENDS = {
    Part.FINDINGS: (Part.FINDINGS, Part.CASES, Part.LEADS),
    Part.BUILDINGS: (Part.BUILDINGS, Part.DISPOSALS),
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
        self._troubles: dict[str, BaseException] = {}
        self._wanted_pair: Pair | None = self._kept_pair()
        self._questions: dict[str, Question] = {}
        self._scale = QGuiApplication.primaryScreen().devicePixelRatio()
        self._seen = False
        self._keeper = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._keeper.timeout.connect(self.keep)
        stack.changed.connect(self._note_order)
        desk.jobs.changed.connect(self._changed)
        self._read_surveys()
        for part in PARTS:
            self._read_part(part)
        self._read_photos()

    @property
    def wanted_pair(self) -> Pair | None:
        """The pair that is compared, or will be when its files were looked at."""
        return self._wanted_pair

    def product(self, key: str) -> ProductOnMap | None:
        """The survey's product that a layer shows."""
        return self._products.get(key)

    def survey(self, survey_id: int | None) -> Survey | None:
        """A survey by its id."""
        return next((each for each in self.surveys if each.survey_id == survey_id), None)

    def set_pair(self, before: int | None, after: int) -> None:
        """Compare these two: each lies on its side, where their detection found it to lie."""
        if (before, after) != self._wanted_pair:
            self._wanted_pair = before, after
            self._read_surveys()

    def set_style(self, key: str, style: str) -> None:
        """Draw a layer of outlines in another of its styles."""
        layer, shapes = self.stack.get(key), self._shapes.get(key)
        if layer is not None and shapes is not None:
            self.stack.put(replace(layer, style=style, source=self._drawn(shapes, style)))

    def report_trouble(self, key: str, error: BaseException) -> None:
        """A piece of a layer could not be drawn: the layer says why."""
        self._troubles[key] = error
        self.stack.alter(key, problem=sentence_of(error, self._desk.language))

    def trouble(self, key: str) -> BaseException | None:
        """What keeps a layer from being shown, in whole or in part."""
        product = self._products.get(key)
        return self._troubles.get(key, None if product is None else product.problem)

    def look_again(self) -> None:
        """Look at the files of all surveys again."""
        self._read_surveys()

    def keep(self) -> None:
        """Keep how the user has set the layers, for the next time."""
        self._keeper.stop()
        layers = self.stack.layers
        wishes = {each.key: {"visible": each.visible, "opacity": each.opacity, "style": each.style} for each in layers}
        self._wishes = {**self._wishes, **wishes, "order": self._order, "pair": self._wanted_pair}
        self._desk.settings.set_text(self._name(), json.dumps(self._wishes))

    # Reading

    def _read_surveys(self) -> None:
        look = partial(map_contents, self._desk.folder, self._desk.crs, self._wanted_pair)
        self._ask("surveys", look, self._show_surveys)

    def _read_part(self, part: Part) -> None:
        read = partial(_shapes_of, self._desk.folder, part, self._shapes.get(part.value))
        self._ask(part.value, read, partial(self._show_part, part))

    def _read_photos(self) -> None:
        self._ask(PHOTOS, partial(read_photo_points, self._desk.folder), self._show_photos)

    def _show_photos(self, points: PhotoPoints) -> None:
        if not points.hashes:
            self.stack.remove(PHOTOS)
            return
        layer, source = self.stack.get(PHOTOS), PhotoSource(points, self._scale)
        if layer is None:
            wish = self._wishes.get(PHOTOS, {})
            title = QCoreApplication.translate("layers", "Photographs")
            visible, opacity = bool(wish.get("visible", True)), float(wish.get("opacity", 1.0))
            shown = MapLayer(PHOTOS, title, Group.FINDINGS, source, visible, opacity)
            self.stack.show(self._ordered([*self.stack.layers, shown]))
        elif not (isinstance(layer.source, PhotoSource) and points.same_as(layer.source.points)):
            self._troubles.pop(PHOTOS, None)
            self.stack.put(replace(layer, source=source, problem=None))

    def _ask(self, name: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask, and forget the same question when it was asked before: its answer could come later and be older."""
        former = self._questions.get(name)
        if former is not None:
            former.drop()
        self._questions[name] = self._desk.jobs.ask(self, work, then)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Part.SURVEYS, Part.SETTINGS):  # a detection keeps how surveys lie with the settings
            self._read_surveys()
        if changes.touches(Part.EVIDENCE):
            self._read_photos()
        for part in PARTS:
            if changes.touches(*_ALSO_DEPENDS.get(part, (part,))):
                self._read_part(part)

    def _show_surveys(self, contents: MapContents) -> None:
        if self._seen and _has_newer(contents.surveys, self.surveys):
            self.surveys, self._wanted_pair = contents.surveys, None
            self._read_surveys()
            return
        former = self.surveys, self.pair
        self.surveys = contents.surveys
        self.pair = self._wanted_pair = contents.pair
        self._products = {survey_key(p.survey.survey_id, p.product): p for p in contents.products}
        others_paired = self._seen and self.pair != former[1]
        layers = [self._survey_layer(key, product, others_paired) for key, product in self._products.items()]
        others = [layer for layer in self.stack.layers if layer.group is not Group.SURVEYS]
        self.stack.show(self._ordered([*others, *layers]))
        if (self.surveys, self.pair) != former:
            self._keeper.start()
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
        if shapes is self._shapes.get(key):
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
            shown = replace(layer, source=self._drawn(shapes, layer.style))
            self.stack.show(self._ordered([*self.stack.layers, shown]))
        else:
            self._troubles.pop(key, None)
            self.stack.put(replace(layer, source=self._drawn(shapes, layer.style), problem=None))

    def _drawn(self, shapes: Shapes, style: str) -> VectorSource:
        return VectorSource(shapes, style, scale=self._scale)

    def _survey_layer(self, key: str, product: ProductOnMap, others_paired: bool) -> MapLayer:
        """``others_paired``: other surveys are compared than before; they are shown, whatever was hidden."""
        kept, wish, side = self.stack.get(key), self._wishes.get(key, {}), self._side(product.survey)
        paired, is_ortho = side is not Side.BOTH, product.product is Product.ORTHO
        if kept is None:
            visible = paired and is_ortho if others_paired else bool(wish.get("visible", paired and is_ortho))
        elif others_paired and paired != (kept.side is not Side.BOTH):
            visible = paired and (is_ortho or kept.visible)
        else:
            visible = kept.visible
        source = None if product.raster is None else RasterSource(product.raster)
        if kept is None or kept.source != source or not isinstance(self._troubles.get(key), OverviewsMissing):
            self._troubles.pop(key, None)
        trouble = self.trouble(key)
        return MapLayer(
            key=key,
            title=self._survey_title(product),
            group=Group.SURVEYS,
            source=source,
            visible=visible,
            opacity=float(wish.get("opacity", 1.0)) if kept is None else kept.opacity,
            side=side,
            problem=None if trouble is None else sentence_of(trouble, self._desk.language),
        )

    def _side(self, survey: Survey) -> Side:
        if self.pair is None or survey.survey_id not in self.pair:
            return Side.BOTH
        return Side.AFTER if survey.survey_id == self.pair[1] else Side.BEFORE

    def _survey_title(self, product: ProductOnMap) -> str:
        said = (
            QCoreApplication.translate("layers", "{survey} orthophoto")
            if product.product is Product.ORTHO
            else QCoreApplication.translate("layers", "{survey} surface")
        )
        return said.format(survey=product.survey.name)

    def _ordered(self, layers: Sequence[MapLayer]) -> list[MapLayer]:
        """As the user had them; what is new gets its usual place: newer surveys above older, images above surfaces."""
        products = sorted(self._products, key=self._usual_place)
        order = with_new(self._order, [PHOTOS, *(part.value for part in PARTS), *products])
        groups = list(Group)
        return sorted(layers, key=lambda layer: (groups.index(layer.group), order.index(layer.key)))

    def _usual_place(self, key: str) -> tuple[bool, int, int]:
        product = self._products[key]
        survey = product.survey
        return product.product is not Product.ORTHO, -survey.flown_on.toordinal(), -survey.survey_id

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

    def _kept_pair(self) -> Pair | None:
        match self._wishes.get("pair"):
            case [int() | None as before, int() as after]:
                return before, after
        return None


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


def with_new(order: Sequence[str], usual: Sequence[str]) -> list[str]:
    """An order with what is not in it yet behind the one it usually follows.

    >>> with_new(["d", "a"], ["a", "b", "c", "d"])
    ['d', 'a', 'b', 'c']
    """
    whole = list(order)
    for place, key in enumerate(usual):
        if key not in whole:
            whole.insert(whole.index(usual[place - 1]) + 1 if place else 0, key)
    return whole


def _has_newer(surveys: Sequence[Survey], former: Sequence[Survey]) -> bool:
    """Whether the newest survey is one that was not there: then it is what the user wants to see."""
    return bool(surveys) and bool(former) and surveys[-1].survey_id not in {each.survey_id for each in former}


def _shapes_of(folder: Path, part: Part, former: Shapes | None) -> Shapes:
    """The former ones where nothing has changed, so that nothing is drawn again."""
    outlines = read_outlines(folder, part)
    if former is not None and same_outlines(outlines, former.outlines):
        return former
    return Shapes(outlines)


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
