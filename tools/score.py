"""Score findings against the truth: `python tools/score.py TRUTH.gpkg FINDINGS.gpkg`.

A finding and a true change are a pair when the intersection over union of their polygons is at least 0.3; each is
in one pair at most, and the pairing with the most pairs, then the most overlap, is taken. Prints a table; exit code
2 on bad input.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError
from scipy.optimize import linear_sum_assignment

MIN_IOU = 0.3


class BadInput(Exception):
    """A file that cannot be scored; the message says which and why."""


@dataclass(frozen=True)
class Tally:
    """Counts of one change type, or of all."""

    true: int
    found: int
    hits: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where there is nothing to find and nothing found."""
        return 2 * self.hits / (self.true + self.found) if self.true + self.found else 0.0

    @property
    def precision(self) -> float:
        """Share of the findings that are true."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the true changes that were found."""
        return self.hits / self.true if self.true else 0.0


@dataclass(frozen=True)
class Score:
    """What a set of findings is worth.

    ``overall`` pairs whatever the type; in ``by_type`` a hit needs the right type too. ``type_accuracy`` and
    ``permit_accuracy`` are among the pairs (None without any; a change that needs no permit is left out, and a
    lapsed permit counts as none). ``false_alarms`` holds (finding number or row, type), ``missed`` (truth id, type,
    area in m², best overlap).
    """

    overall: Tally
    by_type: dict[str, Tally]
    type_accuracy: float | None
    permit_accuracy: float | None
    mean_iou: float | None
    false_alarms: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str, float, float], ...]

    @property
    def f1(self) -> float:
        """Object F1, whatever the type."""
        return self.overall.f1


def read_layer(path: Path, layer: str) -> gpd.GeoDataFrame:
    """Polygons of a layer, valid and not empty.

    Raises
    ------
    BadInput
        No such file, layer or field, or a file that cannot be read.
    """
    if not path.is_file():
        raise BadInput(f"{path}: no such file")
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
    except DataSourceError as error:
        raise BadInput(f"{path}: cannot be read as vector data") from error
    if layer not in names:
        raise BadInput(f"{path}: no layer '{layer}' (there is: {', '.join(names) or 'none'})")
    table = gpd.read_file(path, layer=layer)
    if "change_type" not in table.columns or not isinstance(table, gpd.GeoDataFrame):
        raise BadInput(f"{path}: layer '{layer}' needs polygons and a field 'change_type'")
    if table.crs is None:
        raise BadInput(f"{path}: layer '{layer}' has no coordinate reference system")
    table["geometry"] = table.geometry.force_2d().make_valid()
    return table[~(table.geometry.is_empty | table.geometry.isna())].reset_index(drop=True)


def overlaps(truth: NDArray[np.object_], found: NDArray[np.object_]) -> NDArray[np.float64]:
    """Intersection over union of every true polygon with every found one, (truth, found)."""
    table = np.zeros((len(truth), len(found)))
    if table.size:
        i, j = shapely.STRtree(found).query(truth, predicate="intersects")
        shared = shapely.area(shapely.intersection(truth[i], found[j]))
        table[i, j] = shared / (shapely.area(truth[i]) + shapely.area(found[j]) - shared)
    return table


def pair_up(iou: NDArray[np.float64], allowed: NDArray[np.bool_] | None = None) -> list[tuple[int, int]]:
    """The one-to-one pairs (truth, found): as many as can be, then with as much overlap as can be."""
    if not iou.size:
        return []
    good = iou >= MIN_IOU if allowed is None else (iou >= MIN_IOU) & allowed
    # one more pair is always worth more than any gain in overlap
    worth = np.where(good, 1 + iou / (1 + min(iou.shape)), 0.0)
    rows, cols = linear_sum_assignment(worth, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, cols, strict=True) if good[r, c]]


def agreement(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Share of the pairs that are equal; None without pairs."""
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def permit_pairs(
    truth: gpd.GeoDataFrame, found: gpd.GeoDataFrame, pairs: list[tuple[int, int]]
) -> list[tuple[str, str]]:
    """True and found permit status of the pairs whose change needs a permit."""
    if "permit_status" not in truth.columns or "permit_status" not in found.columns:
        return []
    said = found["permit_status"].replace("expired", "unpermitted").tolist()
    real = truth["permit_status"].tolist()
    return [(real[t], said[f]) for t, f in pairs if isinstance(real[t], str) and real[t]]


def score(truth: Path, findings: Path) -> Score:
    """Score a findings file (layer ``findings``) against a truth file (layer ``truth``).

    Raises
    ------
    BadInput
        One of the files cannot be used.
    """
    real, said = read_layer(Path(truth), "truth"), read_layer(Path(findings), "findings")
    said = said.to_crs(real.crs)
    iou = overlaps(real.geometry.to_numpy(), said.geometry.to_numpy())
    real_type, said_type = real["change_type"].astype(str).to_numpy(), said["change_type"].astype(str).to_numpy()
    pairs = pair_up(iou)
    typed = pair_up(iou, real_type[:, None] == said_type[None, :])
    kinds = sorted({*real_type.tolist(), *said_type.tolist()})
    by_type = {
        kind: Tally(
            int((real_type == kind).sum()), int((said_type == kind).sum()), sum(real_type[t] == kind for t, _ in typed)
        )
        for kind in kinds
    }
    hit_real, hit_said = {t for t, _ in pairs}, {f for _, f in pairs}
    names = (
        said["finding_no"].astype(str).tolist() if "finding_no" in said.columns else [str(i) for i in range(len(said))]
    )
    ids = real["truth_id"].astype(str).tolist() if "truth_id" in real.columns else [str(i) for i in range(len(real))]
    areas = real.geometry.area.tolist()
    return Score(
        overall=Tally(len(real), len(said), len(pairs)),
        by_type=by_type,
        type_accuracy=agreement([(real_type[t], said_type[f]) for t, f in pairs]),
        permit_accuracy=agreement(permit_pairs(real, said, pairs)),
        mean_iou=float(np.mean([iou[p] for p in pairs])) if pairs else None,
        false_alarms=tuple((names[f], str(said_type[f])) for f in range(len(said)) if f not in hit_said),
        missed=tuple(
            (ids[t], str(real_type[t]), round(areas[t], 1), round(float(iou[t].max(initial=0.0)), 2))
            for t in range(len(real))
            if t not in hit_real
        ),
    )


def percent(value: float | None) -> str:
    """A share as text."""
    return "-" if value is None else f"{value:.3f}"


def table(result: Score) -> str:
    """The score as a table to read."""
    lines = [f"{'type':<12}{'true':>6}{'found':>7}{'hits':>6}{'precision':>11}{'recall':>8}{'F1':>7}"]
    for name, t in [*result.by_type.items(), ("all", result.overall)]:
        lines.append(f"{name:<12}{t.true:>6}{t.found:>7}{t.hits:>6}{t.precision:>11.3f}{t.recall:>8.3f}{t.f1:>7.3f}")
    lines += [
        "(a type's hit needs the right type; 'all' counts any)",
        f"type accuracy   {percent(result.type_accuracy)}",
        f"permit accuracy {percent(result.permit_accuracy)}",
        f"mean IoU        {percent(result.mean_iou)}",
        f"false alarms    {len(result.false_alarms)}  {' '.join(f'{n}:{k}' for n, k in result.false_alarms)}".rstrip(),
    ]
    lines += [f"missed          {i} {kind} {area} m2, best IoU {best:.2f}" for i, kind, area, best in result.missed]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("truth", type=Path, help="GeoPackage with the layer 'truth'")
    ask.add_argument("findings", type=Path, help="GeoPackage with the layer 'findings'")
    options = ask.parse_args(arguments)
    try:
        print(table(score(options.truth, options.findings)))
    except BadInput as error:
        print(f"score.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
