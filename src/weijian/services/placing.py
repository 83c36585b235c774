"""Laying the earlier survey on the later one, and what a user should know of how they lie."""

import math
from dataclasses import dataclass
from functools import partial

from weijian.domain.errors import AlignmentFailed, InputError
from weijian.domain.grid import PixelGrid
from weijian.domain.job import Job
from weijian.domain.language import Words
from weijian.domain.parallel import Crew, aside
from weijian.imagery.alignment import Alignment, HandShift, align
from weijian.imagery.files import OpenFiles
from weijian.imagery.heights import Levelling
from weijian.imagery.raster import Raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.surface_place import Survey, surface_displacement

DISPLACED_M = 0.4
"""A surface model is measured with its orthophoto; farther apart they were put together from two sources."""
SAME_DATUM_M = 2.0
"""Flights with ground control agree within a few decimetres, without it within metres."""
FEET_IN_A_METRE = 3.28084
UNIT_MARGIN = 0.08
ARCHIVE_UNIT_MARGIN = 0.2
"""Archives state eaves or ridges; buildings are found a little lower or higher."""
STEEPEST_TILT = 0.02
"""Metres in a metre; photogrammetric models of one place tilt against each other by a tenth of this."""
ROUGHEST_GROUND_M = 1.5
"""Standard deviation of what is left on stable ground; a tenth of this is usual."""


class SurfacesDisagree(InputError):
    """The ground of two surface models differs by more than a flight's error."""

    zh = (
        "{first} 与 {second} 的地面相差太大（倾斜每百米 {tilt} 米，起伏差 {noise_m} 米）；"
        "请检查高程单位（米、英尺、厘米）和两期是否为同一地区。"
    )
    en = (
        "The ground of {first} and {second} differs too much (tilt {tilt} m in 100 m, noise {noise_m} m); "
        "check the unit of the heights (metres, feet, centimetres) and that both show the same place."
    )


class HeightUnitsDiffer(InputError):
    """What stands in both surface models is higher in one of them by the factor from metres to feet."""

    zh = "{path} 的高程像是以英尺为单位（同样的房屋高出 {ratio} 倍）；请换算成米，或在文件中注明单位（ft）。"
    en = (
        "The heights of {path} look like feet (the same houses stand {ratio} times as high); "
        "convert them to metres or state the unit (ft) in the file."
    )


@dataclass(frozen=True)
class Placed:
    """How two surveys lie; ``surface_shift`` leads into the before surface, which may lie off its own image."""

    alignment: Alignment
    surface_shift: ShiftField
    warnings: tuple[Words, ...]


def place(
    images: tuple[Raster, Raster],
    surfaces: tuple[Raster, Raster] | None,
    grid: PixelGrid,
    crew: Crew,
    hand: HandShift | None = None,
    files: OpenFiles | None = None,
) -> Job[Placed]:
    """Align two surveys, each given as (before, after).

    A surface model that lies off its own orthophoto is noticed, compared where it lies, and told.

    Raises
    ------
    NoOverlap, AlignmentFailed
    """
    if surfaces is None:
        alignment = yield from align(*images, grid, crew, hand, files=files)
        return Placed(alignment, alignment.shift, _contradicted(alignment))
    try:
        alignment = yield from align(
            *images, grid, crew, hand, before_surface=surfaces[0], after_surface=surfaces[1], files=files
        )
    except AlignmentFailed:  # surfaces that lie elsewhere contradict their images
        alignment = yield from align(*images, grid, crew, hand, files=files)
    surveys = Survey(images[0], surfaces[0]), Survey(images[1], surfaces[1])
    apart = yield from aside("align", partial(surface_displacement, *surveys, grid, alignment.shift, files=files), crew)
    if apart is None or math.hypot(*apart) < DISPLACED_M:
        return Placed(alignment, alignment.shift, _contradicted(alignment))
    alignment = yield from align(*images, grid, crew, hand, files=files)
    again = yield from aside("align", partial(surface_displacement, *surveys, grid, alignment.shift, files=files), crew)
    apart = again or apart
    return Placed(alignment, alignment.shift.moved(*apart), (*_contradicted(alignment), _displaced(apart)))


def require_agreement(levelling: Levelling, before: Raster, after: Raster) -> None:
    """Refuse surfaces whose ground differs by more than flights do: another unit, no relief, another place.

    Raises
    ------
    SurfacesDisagree
    """
    tilt = math.hypot(levelling.tilt_x, levelling.tilt_y)
    if tilt > STEEPEST_TILT or levelling.noise_m > ROUGHEST_GROUND_M:
        raise SurfacesDisagree(
            first=before.path, second=after.path, tilt=f"{100 * tilt:.1f}", noise_m=f"{levelling.noise_m:.1f}"
        )


def require_one_unit(before: Raster, after: Raster, ratio: float | None) -> None:
    """Refuse surfaces of which one counts in feet, by how many times higher things stand in the before surface.

    Raises
    ------
    HeightUnitsDiffer
    """
    if ratio is None:
        return
    for path, times in ((before.path, ratio), (after.path, 1.0 / ratio)):
        if abs(times / FEET_IN_A_METRE - 1.0) < UNIT_MARGIN:
            raise HeightUnitsDiffer(path=path, ratio=f"{times:.1f}")


def require_metres(surface: Raster, ratio: float | None) -> None:
    """Refuse a surface in feet, by how many times higher archived buildings are found than the archive says.

    Raises
    ------
    HeightUnitsDiffer
    """
    if ratio is not None and abs(ratio / FEET_IN_A_METRE - 1.0) < ARCHIVE_UNIT_MARGIN:
        raise HeightUnitsDiffer(path=surface.path, ratio=f"{ratio:.1f}")


def other_datum(levelling: Levelling) -> tuple[Words, ...]:
    """Told when the surfaces differ by so much that they count from different datums."""
    if abs(levelling.bias_m) < SAME_DATUM_M:
        return ()
    bias = f"{levelling.bias_m:+.1f}"
    return (
        Words(
            f"两期 DSM 的高程相差 {bias} 米，可能采用不同的高程基准；差值已扣除，高度变化不受影响，请核对基准。",
            f"The surface models differ by {bias} m and may count from different vertical datums; the difference "
            "was taken off and changes of height are right, but check the datums.",
        ),
    )


def _contradicted(alignment: Alignment) -> tuple[Words, ...]:
    """Told when a person's placing stands although the pictures say otherwise."""
    if alignment.model != "hand" or alignment.departure_m is None:
        return ()
    apart = f"{alignment.departure_m:.1f}"
    return (
        Words(
            f"已按手工平移量套合，但影像之间的对应点与之相差 {apart} 米；请核对平移的方向和大小。",
            f"The nudge was used as given, but what the pictures have in common lies {apart} m off it; "
            "check its direction and size.",
        ),
    )


def _displaced(apart: tuple[float, float]) -> Words:
    far = f"{math.hypot(*apart):.1f}"
    return Words(
        f"有一期 DSM 与自己的正射影像错位 {far} 米；高程已另行套合，但轮廓和植被判断可能有偏差，请检查该期成果。",
        f"One of the surface models lies {far} m off its own orthophoto; heights were compared where they lie, but "
        "outlines and the telling of trees may be off: check that survey's products.",
    )
