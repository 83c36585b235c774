"""How far a survey lies off the archive's own frame, measured where buildings are many."""

from collections.abc import Sequence

import numpy as np
from shapely import MultiPolygon, Polygon, STRtree, box

from weijian.detection.archive_frame import ArchiveOffset, archive_offset
from weijian.domain.grid import PixelGrid
from weijian.services.patches import LayerSource, Terrain

CELL_M = 0.5
WINDOW_PIXELS = 800
WINDOWS = 9
"""At most so many windows of 400 m are looked at, those with most buildings."""
STANDS_M = 2.0


def fit_archive(
    grid: PixelGrid, after: LayerSource, terrain: Terrain, outlines: Sequence[Polygon | MultiPolygon]
) -> ArchiveOffset | None:
    """Offset of the later survey from the archive: the median of a few windows; None where buildings are too few."""
    tree = STRtree(outlines)
    tiles = list(PixelGrid.over(grid.bounds, CELL_M, grid.crs).tiles(WINDOW_PIXELS))
    within = [tree.query(box(*tile.grid.bounds), predicate="contains") for tile in tiles]
    fullest = sorted(range(len(tiles)), key=lambda i: -len(within[i]))[:WINDOWS]
    offsets = []
    for i in fullest:
        surface = after.surface_on(tiles[i].grid)
        if surface is None:
            return None
        stands = surface - terrain.on(tiles[i].grid) >= STANDS_M
        found = archive_offset(stands, [outlines[k] for k in within[i]], tiles[i].grid)
        if found is not None:
            offsets.append(found)
    if not offsets:
        return None
    return ArchiveOffset(
        east_m=float(np.median([offset.east_m for offset in offsets])),
        north_m=float(np.median([offset.north_m for offset in offsets])),
        outlines=sum(offset.outlines for offset in offsets),
    )
