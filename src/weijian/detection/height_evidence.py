"""Per-pixel evidence of a change of structures from two surfaces: what stands, what was gained, what was lost."""

from dataclasses import dataclass

import cv2
import numpy as np
import rasterio.features

from weijian.detection.fields import Field, Mask, dilated, highest, holes_filled, lowest, opened, roughness
from weijian.detection.patch import Layer, Patch
from weijian.detection.uncertainty import SMEAR_M


@dataclass(frozen=True)
class HeightParameters:
    """What counts as a structure and as a change of one. Lengths in metres, areas in square metres.

    Attributes
    ----------
    min_area_m2 : float
        Smallest change that is reported.
    min_height_m : float
        A structure stands at least this high above the ground; cars (1.5 m), crops and yard walls do not.
    min_rise_m : float
        Least difference of the two surfaces where nothing stood. It is smaller than ``min_height_m`` because crops,
        bushes, cars or a yard wall may have been where a shed stands now.
    min_raise_m : float
        Least rise or fall of a roof: more than a parapet or a water heater.
    rubble_m : float
        What lies no higher than this after a demolition is rubble.
    min_width_m : float
        Narrowest change that is believed; misregistered edges are narrower.
    """

    min_area_m2: float = 10.0
    min_height_m: float = 2.0
    min_rise_m: float = 1.0
    min_raise_m: float = 1.8
    rubble_m: float = 1.7
    min_width_m: float = 1.2


HALO_M = 10.0
"""Context a tile needs so that its core does not depend on where tiles were cut."""

_ARCHIVE_SIGMA_M = 0.2
"""Digitising noise of archived outlines."""

_STOREY_M = 3.0
"""Height assumed for an archived building without one."""

_GREEN = 0.05
_AUTUMN_GREEN, _AUTUMN_WARM = -0.02, 0.13
"""Yellow and brown leaves are as warm as tiles and rust, but those have less green than red and blue."""

_CROWN_ROUGH_M = 0.10


@dataclass(frozen=True)
class Standing:
    """What one date shows above the ground.

    Attributes
    ----------
    height : float32
        Metres above ground, small holes filled, NaN where unknown. For the archive: footprints at their heights.
    rough : float32
        Departure of the surface from planes, metres; zero for the archive.
    green : float32
        Excess green, -1 to 2; zero without imagery.
    crowns : bool
        Trees and bushes: rough and of the colour of leaves over more than a spot.
    structure : bool
        At least the minimum height and no crown.
    """

    height: Field
    rough: Field
    green: Field
    crowns: Mask
    structure: Mask


@dataclass(frozen=True)
class Evidence:
    """Both dates and what differs, on the patch's grid.

    Attributes
    ----------
    before, after : Standing
    ground : float32
        Height of the bare ground, metres.
    gained : bool
        Pixels of structures that appeared or rose, wider than uncertainty.
    lost : bool
        Pixels of structures that disappeared or sank, wider than uncertainty.
    tolerance_m : float
        Radius within which a height may have moved sideways.
    """

    before: Standing
    after: Standing
    ground: Field
    gained: Mask
    lost: Mask
    tolerance_m: float

    @property
    def change(self) -> Field:
        """Height after minus height before, metres."""
        return self.after.height - self.before.height


def gather(patch: Patch, parameters: HeightParameters) -> Evidence:
    """Evidence over a patch. Every operator is local (within ``HALO_M``), so cores of tiles fit together.

    Raises
    ------
    ValueError
        A layer has no surface or no ground: the height method does not apply.
    """
    cell = patch.grid.resolution
    after = standing(patch.after, cell, parameters)
    before = _archived(patch, after, parameters) if patch.before is None else standing(patch.before, cell, parameters)
    tolerance = tolerance_m(patch)
    least = max(parameters.min_rise_m, 3.0 * (patch.noise.height_m or 0.0))
    # Only structures hold a gain down sideways: next to a yard wall or a hedge a shed is as new as on a lawn.
    # A tree that stood there does not count either, neither does a crown that stands there now.
    base = highest(np.where(before.structure, before.height, np.float32(0)), tolerance, cell)
    rise = after.height - base
    direct = np.where(before.crowns, after.height, after.height - before.height)
    fall = before.height - highest(after.height, tolerance, cell)
    known = np.isfinite(after.height) & np.isfinite(before.height)
    gained = known & after.structure & (rise >= least) & (direct >= least / 2)
    sunk = (after.height <= parameters.rubble_m) | (fall >= parameters.min_raise_m)
    lost = known & before.structure & (fall >= least) & sunk
    radius = parameters.min_width_m / 2
    ground = np.zeros_like(after.height) if patch.after.ground is None else patch.after.ground
    return Evidence(before, after, ground, opened(gained, radius, cell), opened(lost, radius, cell), tolerance)


def tolerance_m(patch: Patch) -> float:
    """How far sideways a height may be from where it should be: registration, smear, half a pixel.

    One sigma is enough: what a larger displacement leaves is a strip, and strips are opened away.
    """
    sigma = patch.noise.registration_m
    if patch.before is None:
        sigma = float(np.hypot(sigma, _ARCHIVE_SIGMA_M))
    return sigma + SMEAR_M + patch.grid.resolution / 2


def beside_structures(stands: Standing, other: Standing, cell: float) -> tuple[Field, Field]:
    """What stands at one date apart from the structures of the other date, metres.

    Beside a wall the smeared foot of the wall is taken off, so that an addition reaches the wall it leans on.

    Returns
    -------
    step : float32
        Height minus the height of whatever lay there at the other date.
    height : float32
        Height above the ground: a yard wall, a hedge or a crop at the other date leaves no mark.
    """
    base = np.where(other.crowns, np.float32(0), other.height)
    smear = 2.0 * SMEAR_M
    foot = lowest(base, smear, cell)
    beside = dilated(other.structure, smear, cell)
    step = stands.height - np.where(beside, foot, base)
    return step, stands.height - np.where(beside, np.maximum(foot, 0), 0)


def standing(layer: Layer, cell: float, parameters: HeightParameters) -> Standing:
    """What one date shows above the ground.

    Raises
    ------
    ValueError
        The layer has no surface or no ground.
    """
    if layer.surface is None or layer.ground is None:
        raise ValueError("the height method needs a surface and a ground at each date")
    height = holes_filled(layer.surface - layer.ground, cell)
    rough = roughness(height, cell)
    green, warm = leaf_colours(layer)
    soft_green, soft_warm = cv2.blur(green, (5, 5)), cv2.blur(warm, (5, 5))
    leaves = (soft_green > _GREEN) | ((soft_green > _AUTUMN_GREEN) & (soft_warm > _AUTUMN_WARM))
    crowns = opened(leaves & (rough > _CROWN_ROUGH_M), 0.5, cell)
    return Standing(height, rough, green, crowns, (height >= parameters.min_height_m) & ~crowns)


def _archived(patch: Patch, after: Standing, parameters: HeightParameters) -> Standing:
    """The archive as a date of its own: what it says stood.

    A footprint without a height stands as high as it is found now, or one storey where less is found.
    """
    shape, transform = patch.grid.shape, patch.grid.transform
    height = np.zeros(shape, np.float32)
    for footprint in patch.footprints:
        inside = rasterio.features.rasterize([footprint.outline], shape, transform=transform) > 0
        archived = footprint.height_m
        height[inside] = np.fmax(after.height[inside], _STOREY_M) if archived is None else np.float32(archived)
    height[~np.isfinite(after.height)] = np.nan
    nothing = np.zeros(shape, np.float32)
    return Standing(height, nothing, nothing, np.zeros(shape, bool), height >= parameters.min_height_m)


def leaf_colours(layer: Layer) -> tuple[Field, Field]:
    """Excess green (2g - r - b) / (r + g + b) and warmth (r - b) / (r + g + b) of a layer's image.

    Both are zero without imagery.
    """
    if layer.image is None:
        nothing = np.zeros(layer.image_valid.shape, np.float32)
        return nothing, nothing
    red, green, blue = layer.image.astype(np.float32)
    total = np.where(layer.image_valid, red + green + blue + 1.0, np.float32(np.inf))
    return (2 * green - red - blue) / total, (red - blue) / total
