"""Confidence that means what it says: of findings with confidence p about a share p is true.

Each method weighs its evidence in a number of its own between 0 and 1. How often that was right is learned on villages
drawn by the sample's renderer (``tools/fit_confidence.py``) and kept as a logistic curve for each way to compare.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from weijian.domain.finding import Change, ChangeType

CLEAREST = 6.0
"""Log-odds beyond which evidence is not told apart: what is learned from some hundred findings says no more."""


class Comparison(StrEnum):
    """What was compared: evidence of one number is not worth the same in each.

    ``ARCHIVE``: the archive with one survey; ``SPECTRAL``: two surveys of images with the archive, ``OPEN``: without;
    ``ALONE``: the archive with one survey of images.
    """

    HEIGHT = "height"
    ARCHIVE = "archive"
    SPECTRAL = "spectral"
    OPEN = "open"
    ALONE = "alone"
    MODEL = "model"


@dataclass(frozen=True)
class Curve:
    """Log-odds of being true: ``intercept``, plus that of the type, plus ``slope`` x log-odds of the evidence."""

    intercept: float = 0.0
    slope: float = 1.0
    by_type: Mapping[ChangeType, float] = field(default_factory=dict)

    def share(self, evidence: float, kind: ChangeType) -> float:
        """Share of changes of such evidence that are true, 0 to 1."""
        odds = self.intercept + self.by_type.get(kind, 0.0) + self.slope * log_odds(evidence)
        return 1.0 / (1.0 + math.exp(-odds))


@dataclass(frozen=True)
class Calibration:
    """A curve for each comparison; evidence of one without a curve is told as it is."""

    curves: Mapping[Comparison, Curve] = field(default_factory=dict)

    def told(self, change: Change, comparison: Comparison) -> Change:
        """The change with the confidence that is told."""
        curve = self.curves.get(comparison)
        if curve is None:
            return change
        return replace(change, confidence=curve.share(change.confidence, change.change_type))


def log_odds(evidence: float) -> float:
    """Natural logarithm of the odds, within what is told apart."""
    if not 0.0 < evidence < 1.0:
        return math.copysign(CLEAREST, evidence - 0.5)
    return min(CLEAREST, max(-CLEAREST, math.log(evidence / (1.0 - evidence))))
