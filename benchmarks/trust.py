"""Whether figures and confidences mean what they say.

    python benchmarks/trust.py [--only height|archive|spectral] [--villages N] [--keep DIR] [SCENE ...]

Printed are the reliability table (of the findings with confidence p about a share p should be true) and the errors of
areas and heights in units of their own standard deviation (their spread should be about 1). Measured on the scenes
beside the project where they are and on villages of seeds that nothing was fitted on; findings kept in DIR serve again.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tools"), str(Path(__file__).resolve().parent)]
from judged import Judged, judged
from scenes import HOLD_OUT, hold_out, scene_in, scenes_beside

from weijian.detection.confidence import Comparison

EDGES = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001)


def main() -> None:
    """Detect, judge, print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", type=Comparison, action="append")
    ask.add_argument("--villages", type=int, default=3)
    ask.add_argument("--keep", type=Path)
    ask.add_argument("scenes", nargs="*", type=Path)
    options = ask.parse_args()
    scenes = [scene_in(folder) for folder in options.scenes] or [
        *scenes_beside(),
        *hold_out(tuple(range(HOLD_OUT[0], HOLD_OUT[0] + options.villages))),
    ]
    wanted = options.only or (Comparison.HEIGHT, Comparison.ARCHIVE, Comparison.SPECTRAL, Comparison.OPEN)
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        show(list(judged(scenes, wanted, folder, None)))


def show(findings: Sequence[Judged]) -> None:
    """Both tables for each way to compare."""
    for comparison in Comparison:
        own = [one for one in findings if one.comparison is comparison]
        if own:
            print(f"\n{comparison}: {len(own)} findings, {sum(one.true for one in own)} true")
            reliability(own)
            errors(own)


def reliability(findings: Sequence[Judged]) -> None:
    """Mean confidence and true share by class of confidence."""
    print(f"  {'confidence':14}{'findings':>9}{'mean':>8}{'true':>8}")
    off = 0.0
    for low, high in pairwise(EDGES):
        own = [one for one in findings if low <= one.confidence < high]
        if own:
            mean = float(np.mean([one.confidence for one in own]))
            true = float(np.mean([one.true for one in own]))
            off += abs(mean - true) * len(own) / len(findings)
            print(f"  {f'{low:.2f} - {min(high, 1):.2f}':14}{len(own):>9}{mean:>8.3f}{true:>8.3f}")
    brier = float(np.mean([(one.confidence - one.true) ** 2 for one in findings]))
    print(f"  mean distance of confidence and share {off:.3f}, Brier score {brier:.3f}")


def errors(findings: Sequence[Judged]) -> None:
    """Spread of standardised errors: all, and the middle two thirds (robust)."""
    for name, values in (
        ("area", [one.area_error_m2 / one.area_sigma_m2 for one in findings if one.area_error_m2 is not None]),
        (
            "height",
            [
                one.height_error_m / one.height_sigma_m
                for one in findings
                if one.height_error_m is not None and one.height_sigma_m
            ],
        ),
    ):
        if values:
            low, middle, high = np.percentile(values, (16, 50, 84))
            within = float(np.mean(np.abs(values) < 2))
            print(
                f"  {name} error / sigma: n {len(values)}, median {middle:+.2f}, spread {np.std(values):.2f}, "
                f"robust {(high - low) / 2:.2f}, within two sigma {within:.0%}"
            )


if __name__ == "__main__":
    main()
