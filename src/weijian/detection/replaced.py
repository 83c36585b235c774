"""What a changed roof is where a building stood before, when no archive and no shadow tells more."""

from weijian.detection.spectral_radiometry import Pair
from weijian.detection.spectral_shapes import RUBBLE, fine_chroma, measure
from weijian.detection.spectral_spots import Spot
from weijian.domain.finding import ChangeType

WHOLE_HOUSE_M2 = 90.0
"""A roof that changed over more than this is another house, over less a storey on part of one."""

_RUBBLE_RIM = 0.95
"""The edge of a heap of debris is weaker than this, that of a coloured roof on it stronger."""


def kind_of_replaced(spot: Spot, pair: Pair) -> ChangeType:
    """Torn down to debris, rebuilt, or raised."""
    near = pair.crop(spot.window)
    debris = float(fine_chroma(near.after, near.grid)[spot.mask].mean()) > RUBBLE
    if debris and measure(spot, pair).rim_after < _RUBBLE_RIM:
        return ChangeType.DEMOLISHED
    area = float(spot.mask.sum()) * pair.grid.pixel_area
    return ChangeType.REBUILT if area > WHOLE_HOUSE_M2 else ChangeType.RAISED
