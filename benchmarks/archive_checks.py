"""Seconds to check an archive of parcels and buildings as a whole (`weijian check --workspace`, without reading it).

Draws a mosaic of parcels with a building in each, sound and with a share of the parcels pushed out of place:

    python benchmarks/archive_checks.py [--count 200000] [--pushed 0 0.02]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter

import numpy as np
import shapely
from numpy.typing import NDArray

from weijian.cadastre.archive_checks import Archive, Layer, check_archive
from weijian.cadastre.check_rules import CheckRules
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind


def mosaic(count: int) -> NDArray[np.float64]:
    """Corners of about ``count`` irregular quadrilaterals that share their edges, shape (n, 4, 2)."""
    side = round(count**0.5)
    x, y = np.meshgrid(np.arange(side + 1) * 15.0, np.arange(side + 1) * 20.0, indexing="ij")
    nodes = np.stack([x, y], -1) + np.random.default_rng(0).normal(0, 0.8, (side + 1, side + 1, 2))
    rings = np.stack([nodes[:-1, :-1], nodes[1:, :-1], nodes[1:, 1:], nodes[:-1, 1:]], axis=2)
    return rings.reshape(-1, 4, 2)


def archive(count: int, pushed: float) -> Archive:
    """The mosaic, of which a share has its corners displaced by 15 cm each, and a building in each parcel."""
    rings = mosaic(count)
    rng = np.random.default_rng(1)
    chosen = rng.random((len(rings), 1, 1)) < pushed
    parcels = shapely.polygons(rings + chosen * rng.normal(0, 0.15, rings.shape))
    middle = rings.mean(axis=1)
    buildings = shapely.box(middle[:, 0] - 4, middle[:, 1] - 5, middle[:, 0] + 4, middle[:, 1] + 5)
    owners = [f"H{n}" for n in range(len(rings))]
    numbers = [f"330102{n // 99999:03d}001JC{n % 99999 + 1:05d}" for n in range(len(rings))]
    layers = {
        Kind.PARCELS: Layer(numbers, parcels, {"household_no": owners}),
        Kind.BUILDINGS: Layer(
            [f"F{n}" for n in range(len(rings))], buildings, {"household_no": owners, "parcel_no": numbers}
        ),
    }
    return Archive(layers, owners)


def main() -> None:
    """Check and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--pushed", type=float, nargs="*", default=[0.0, 0.02])
    options = parser.parse_args()
    for pushed in options.pushed:
        drawn = archive(options.count, pushed)
        started = time.perf_counter()
        faults = finish(check_archive(drawn, CheckRules()))
        seconds = time.perf_counter() - started
        count = len(drawn.layers[Kind.PARCELS].numbers)
        told = ", ".join(f"{why.name.lower()} {n}" for why, n in Counter(fault.why for fault in faults).most_common())
        print(
            f"{count} parcels, {count} buildings, {pushed:.0%} pushed: {seconds:.1f} s; {told or 'no fault'}",
            flush=True,
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
