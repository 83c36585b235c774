"""The web map: a folder with a page, its pictures and Leaflet, that opens from a memory stick with no network."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import folium
import numpy as np
import shapely
from branca.element import MacroElement
from folium.map import Layer
from folium.template import Template
from folium.utilities import JsCode
from numpy.typing import NDArray
from PIL import Image
from pyproj import CRS, Transformer

from weijian.assets import resource
from weijian.domain.finding import CHANGE_NAMES, PERMIT_STATUS_NAMES, ChangeType, Finding
from weijian.domain.grid import Bounds
from weijian.domain.zone import ZONE_NAMES
from weijian.publish.map_scale import Outline
from weijian.publish.wording import DASH, signed_metres, square_metres
from weijian.whole_results import write_folder

COLOURS = {
    ChangeType.NEW: "#d7191c",
    ChangeType.EXTENDED: "#f07800",
    ChangeType.RAISED: "#8e24aa",
    ChangeType.DEMOLISHED: "#1976d2",
    ChangeType.REBUILT: "#b8860b",
}
"""Colour of each change type's outlines."""

_PARCELS = ("宗地界线", "#0040c0", "12 4 2 4")
_ARCHIVE = ("档案建筑轮廓", "#006b45", "5 4")
PAGE = "index.html"
_LEAFLET = "leaflet"
_FONTS = "fonts"
_JPEG_QUALITY = 88
_DEGREE_DECIMALS = 8

_BRACE = "\ue000"
"""Stands for { in text while folium renders: it takes what it has rendered once for a template again."""

_POPUP = JsCode(
    """
    function (feature, layer) {
        const table = document.createElement("table");
        for (const [name, value] of feature.properties.rows) {
            const row = table.insertRow();
            row.insertCell().textContent = name;
            row.insertCell().textContent = value;
        }
        table.className = "weijian-facts";
        layer.bindPopup(table, {maxWidth: 360});
    }
    """
)


@dataclass(frozen=True, eq=False)
class WebImage:
    """A survey's picture for the web map.

    Attributes
    ----------
    flown_on : date
        Named in the layer control.
    rgb : uint8 array (rows, columns, 3 or 4)
        North up, resampled to Web Mercator (EPSG:3857); a fourth band is opacity.
    bounds : Bounds
        West, south, east, north in WGS 84 degrees.
    """

    flown_on: date
    rgb: NDArray[np.uint8]
    bounds: Bounds


@dataclass(frozen=True, eq=False)
class WebMapLayers:
    """What the web map shows; geometries of findings, archive and parcels in ``crs`` (easting, northing)."""

    title: str
    crs: CRS
    images: tuple[WebImage, ...]
    findings: tuple[Finding, ...]
    archive: tuple[Outline, ...] = ()
    parcels: tuple[Outline, ...] = ()


def write_web_map(layers: WebMapLayers, folder: Path) -> Path:
    """Write the map as ``folder/index.html`` with everything it needs beside it.

    Parameters
    ----------
    layers : WebMapLayers
    folder : Path
        Made; an earlier web map there is replaced.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    TargetExists
        The folder holds something other than a web map.
    TargetUnwritable
        The folder cannot be written; an earlier map is left as it was.
    """

    def fill(aside: Path) -> None:
        shutil.copytree(resource("web", "leaflet"), aside / _LEAFLET)
        shutil.copytree(resource("fonts"), aside / _FONTS)
        names = [_store_image(image, aside, number) for number, image in enumerate(layers.images, start=1)]
        (aside / PAGE).write_text(_page(layers, names), encoding="utf-8")

    return write_folder(folder, PAGE, fill) / PAGE


def _store_image(image: WebImage, folder: Path, number: int) -> str:
    opaque = image.rgb.shape[2] == 3
    name = f"survey_{number}.{'jpg' if opaque else 'png'}"
    picture = Image.fromarray(np.ascontiguousarray(image.rgb))
    if opaque:
        picture.save(folder / name, quality=_JPEG_QUALITY, subsampling=0)
    else:
        picture.save(folder / name)
    return name


def _page(layers: WebMapLayers, image_names: Sequence[str]) -> str:
    page = folium.Map(tiles=None, font_size="14px")
    page.options.update({"maxZoom": 23, "zoomSnap": 0.25, "attributionControl": False})
    page.default_js = [("leaflet", f"{_LEAFLET}/leaflet.js")]
    page.default_css = [("leaflet_css", f"{_LEAFLET}/leaflet.css")]

    newest = max((image.flown_on for image in layers.images), default=None)
    for image, name in zip(layers.images, image_names, strict=True):
        _SurveyImage(image, name, show=image.flown_on == newest).add_to(page)

    to_degrees = Transformer.from_crs(layers.crs, CRS.from_epsg(4326), always_xy=True)
    for (label, colour, dashes), outlines in ((_PARCELS, layers.parcels), (_ARCHIVE, layers.archive)):
        if outlines:
            features = [_feature(outline, to_degrees, {}) for outline in outlines]
            _add_layer(page, label, features, {"color": colour, "dashArray": dashes, "weight": 2, "fill": False})
    for kind in ChangeType:
        found = [finding for finding in layers.findings if finding.change_type is kind]
        if found:
            features = [_feature(f.geometry, to_degrees, {"rows": _rows(f)}) for f in found]
            style = {"color": COLOURS[kind], "weight": 2.5, "fillOpacity": 0.25}
            _add_layer(page, f"{CHANGE_NAMES[kind]}（{len(found)}）", features, style, popup=_POPUP)

    folium.LayerControl(collapsed=False).add_to(page)
    _Legend(layers).add_to(page)
    page.fit_bounds(_view(layers, to_degrees))
    rendered: str = page.get_root().render()
    return rendered.replace(r"\ue000", "{").replace(_BRACE, "&#123;")


def _add_layer(
    page: folium.Map,
    name: str,
    features: Sequence[dict[str, object]],
    style: dict[str, object],
    popup: JsCode | None = None,
) -> None:
    collection = {"type": "FeatureCollection", "features": list(features)}
    folium.GeoJson(collection, name=name, style_function=lambda _: style, on_each_feature=popup).add_to(page)


def _feature(outline: Outline, to_degrees: Transformer, properties: dict[str, object]) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": shapely.geometry.mapping(_in_degrees(outline, to_degrees)),
        "properties": properties,
    }


def _in_degrees(outline: Outline, to_degrees: Transformer) -> Outline:
    def convert(points: NDArray[np.float64]) -> NDArray[np.float64]:
        longitudes, latitudes = to_degrees.transform(points[:, 0], points[:, 1])
        return np.round(np.column_stack([longitudes, latitudes]), _DEGREE_DECIMALS)

    converted: Outline = shapely.transform(shapely.force_2d(outline), convert)
    return converted


def _rows(finding: Finding) -> list[tuple[str, str]]:
    """What the popup of a finding says; nothing personal."""
    height = finding.height_change_m
    dates = [day.isoformat() if day else DASH for day in (finding.before_date, finding.after_date)]
    status = PERMIT_STATUS_NAMES[finding.permit_status] if finding.permit_status else DASH
    rows = [
        ("图斑编号", finding.finding_no),
        ("变化类型", CHANGE_NAMES[finding.change_type]),
        ("投影面积", square_metres(finding.area_m2, finding.area_sigma_m2)),
        ("高度变化", DASH if height is None else signed_metres(height, finding.height_sigma_m)),
        ("可信度", f"{finding.confidence:.0%}"),
        ("许可情况", status),
        ("建筑", finding.building_no or DASH),
        ("户号", finding.household_no or DASH),
        ("宗地", finding.parcel_no or DASH),
        ("管控区", "、".join(ZONE_NAMES[zone] for zone in finding.zones) or DASH),
        ("影像日期", " → ".join(dates)),
        ("说明", finding.reason),
    ]
    return [(name, _sheltered(value)) for name, value in rows]


def _sheltered(text: str) -> str:
    return text.replace("{", _BRACE)


def _view(layers: WebMapLayers, to_degrees: Transformer) -> list[list[float]]:
    """South-west and north-east corner of what there is to see."""
    outlines = [finding.geometry for finding in layers.findings] or [*layers.archive, *layers.parcels]
    boxes = [image.bounds for image in layers.images] or [_in_degrees(o, to_degrees).bounds for o in outlines]
    if not boxes:
        return [[-60.0, -180.0], [75.0, 180.0]]
    west, south, east, north = np.array(boxes).T
    return [[float(south.min()), float(west.min())], [float(north.max()), float(east.max())]]


class _SurveyImage(Layer):
    """A picture that lies beside the page; folium's own would put its bytes into it."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.imageOverlay({{ this.url|tojson }}, {{ this.corners|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, image: WebImage, url: str, *, show: bool) -> None:
        super().__init__(name=f"{image.flown_on.isoformat()} 影像", overlay=False, show=show)
        self._name = "SurveyImage"
        west, south, east, north = image.bounds
        self.url, self.corners = url, [[south, west], [north, east]]


class _Legend(MacroElement):
    """The title, which colour is what, and a metric scale bar."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <title>{{ this.title|e }}</title>
            <style>
                /* Fetched only where the machine has none of the fonts named before it. */
                @font-face { font-family: "Weijian Sans SC"; src: url("fonts/NotoSansSC-Subset.otf"); }
                .leaflet-container, .weijian-title, .weijian-legend {
                    font-family: "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC",
                        "Weijian Sans SC", sans-serif;
                }
                .leaflet-container { background: #e8e8e4; }
                .weijian-title, .weijian-legend {
                    position: absolute; z-index: 900; background: rgba(255, 255, 255, 0.92); border-radius: 4px;
                    box-shadow: 0 1px 4px rgba(0, 0, 0, 0.4);
                }
                .weijian-title { top: 10px; left: 60px; padding: 6px 14px; font-size: 18px; font-weight: bold; }
                .weijian-legend { right: 10px; bottom: 20px; padding: 8px 12px; font-size: 13px; line-height: 20px; }
                .weijian-legend i {
                    display: inline-block; width: 16px; height: 10px; margin-right: 8px;
                }
                .weijian-facts td { padding: 2px 6px; vertical-align: top; border-bottom: 1px solid #ddd; }
                .weijian-facts td:first-child { white-space: nowrap; color: #555; }
            </style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="weijian-title">{{ this.title|e }}</div>
            <div class="weijian-legend">
                {% for name, colour, filled in this.entries %}
                <div><i style="border: 2px {{ 'solid' if filled else 'dashed' }} {{ colour }};
                    {%- if filled %} background: {{ colour }}40{% endif %}"></i>{{ name }}</div>
                {% endfor %}
            </div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            L.control.scale({imperial: false}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, layers: WebMapLayers) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves this one untyped
        self._name = "Legend"
        self.title = _sheltered(layers.title)
        present = {finding.change_type for finding in layers.findings}
        self.entries = [(CHANGE_NAMES[kind], COLOURS[kind], True) for kind in ChangeType if kind in present]
        for (label, colour, _), outlines in ((_PARCELS, layers.parcels), (_ARCHIVE, layers.archive)):
            if outlines:
                self.entries.append((label, colour, False))
