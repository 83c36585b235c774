"""Boosted trees, grown on measured candidates with soft labels; what they are kept as is weijian.detection.trees."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weijian.detection.trees import Trees

F32, F64, Mask = NDArray[np.float32], NDArray[np.float64], NDArray[np.bool_]


@dataclass(frozen=True)
class Rules:
    """How trees are grown: boosting with logistic loss on histograms of ``bins``; ``seed`` decides the samples."""

    trees: int = 120
    depth: int = 3
    rate: float = 0.12
    bins: int = 32
    shrink: float = 5.0
    least: float = 4.0
    rows: float = 0.7
    columns: float = 0.6
    seed: int = 0


def grow(names: tuple[str, ...], table: F32, worth: F64, weights: F64, rules: Rules | None = None) -> Trees:
    """Boost trees on a table (candidates, ``names``) and what each is worth, from 0 to 1; each has its weight."""
    rules = rules or Rules()
    rng = np.random.default_rng(rules.seed)
    steps = np.linspace(0, 1, rules.bins + 1)[1:-1]
    bounds = [np.unique(np.quantile(column, steps)) for column in table.T]
    binned = np.stack([np.searchsorted(b, column) for b, column in zip(bounds, table.T, strict=True)], axis=1)
    share = np.average(worth, weights=weights)
    base = float(np.log(share / (1 - share)))
    odds = np.full(len(table), base)
    columns, cuts, leaves = [], [], []
    for _ in range(rules.trees):
        chance = 1.0 / (1.0 + np.exp(-odds))
        slope, bend = weights * (worth - chance), weights * chance * (1 - chance)
        rows = rng.random(len(table)) < rules.rows
        tried = np.flatnonzero(rng.random(table.shape[1]) < rules.columns)
        node = np.zeros(len(table), np.intp)
        tree_columns, tree_cuts = [], []
        for depth in range(rules.depth):
            found = best_splits(binned, bounds, tried, node, rows, (slope, bend), 2**depth, rules)
            right = np.zeros(len(table), bool)
            for k, (column, place) in enumerate(found):
                tree_columns.append(max(column, 0))
                tree_cuts.append(np.inf if column < 0 else float(bounds[column][place]))
                if column >= 0:
                    right |= (node == k) & (binned[:, column] > place)
            node = 2 * node + right
        sums = [np.bincount(node[rows], field[rows], 2**rules.depth) for field in (slope, bend)]
        leaf = rules.rate * sums[0] / (sums[1] + rules.shrink)
        odds += leaf[node]
        columns.append(tree_columns)
        cuts.append(tree_cuts)
        leaves.append(leaf)
    return Trees(names, base, np.array(columns), np.array(cuts, np.float32), np.array(leaves, np.float32))


def best_splits(
    binned: NDArray[np.intp],
    bounds: list[F64],
    tried: NDArray[np.intp],
    node: NDArray[np.intp],
    rows: Mask,
    fields: tuple[F64, F64],
    nodes: int,
    rules: Rules,
) -> list[tuple[int, int]]:
    """(column, bound) of the split that gains most at each node; column -1 where none gains."""
    best, found = np.zeros(nodes), [(-1, 0)] * nodes
    for column in tried:
        width = len(bounds[column]) + 1
        key = node[rows] * width + binned[rows, column]
        left = [np.bincount(key, f[rows], nodes * width).reshape(nodes, width).cumsum(axis=1) for f in fields]
        whole = [side[:, -1:] for side in left]
        gain = left[0] ** 2 / (left[1] + rules.shrink) + (whole[0] - left[0]) ** 2 / (whole[1] - left[1] + rules.shrink)
        gain -= whole[0] ** 2 / (whole[1] + rules.shrink)
        gain[(left[1] < rules.least) | (whole[1] - left[1] < rules.least)] = 0.0
        gain[:, -1] = 0.0
        for k, place in enumerate(gain.argmax(axis=1)):
            if gain[k, place] > best[k] + 1e-9:
                best[k], found[k] = gain[k, place], (int(column), int(place))
    return found
