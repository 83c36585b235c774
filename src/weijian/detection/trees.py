"""Boosted decision trees: a judgement learned elsewhere, kept as plain numbers."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Trees:
    """Complete binary trees of one depth whose leaves add up to log odds.

    Attributes
    ----------
    names : tuple of str
        What the columns of a table must be, in this order.
    base : float
        Log odds before any tree has spoken.
    columns : (trees, 2**depth - 1) int
        Column each node looks at, level by level.
    bounds : (trees, 2**depth - 1) float32
        A value above it goes to the right.
    leaves : (trees, 2**depth) float32
        Log odds added at the end of each way.
    """

    names: tuple[str, ...]
    base: float
    columns: NDArray[np.intp]
    bounds: NDArray[np.float32]
    leaves: NDArray[np.float32]

    @classmethod
    def from_json(cls, text: str) -> "Trees":
        """Read what :meth:`to_json` wrote."""
        told = json.loads(text)
        bounds = np.array([[np.inf if b is None else b for b in tree] for tree in told["bounds"]], np.float32)
        return cls(
            tuple(told["names"]),
            float(told["base"]),
            np.array(told["columns"], np.intp),
            bounds,
            np.array(told["leaves"], np.float32),
        )

    def to_json(self) -> str:
        """The trees as text, a few significant digits of each number."""
        bounds = [[None if np.isinf(b) else float(f"{b:.5g}") for b in tree] for tree in self.bounds]
        leaves = [[float(f"{leaf:.4g}") for leaf in tree] for tree in self.leaves]
        told = {"names": self.names, "base": round(self.base, 4), "columns": self.columns.tolist()}
        return json.dumps(told | {"bounds": bounds, "leaves": leaves}, separators=(",", ":"))

    def probabilities(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probability of each row of a table (rows, names)."""
        odds = np.full(len(table), self.base)
        rows = np.arange(len(table))
        for columns, bounds, leaves in zip(self.columns, self.bounds, self.leaves, strict=True):
            node = np.zeros(len(table), np.intp)
            while node.size and node[0] < len(columns):
                node = 2 * node + 1 + (table[rows, columns[node]] > bounds[node])
            odds += leaves[node - len(columns)] if node.size else 0.0
        return np.asarray(1.0 / (1.0 + np.exp(-odds)), np.float64)
