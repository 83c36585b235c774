"""Learn what the evidence of each method is worth: `python tools/fit_confidence.py [--only spectral]`.

Villages are drawn by the sample's renderer (once; they are kept among the temporary files), detection runs on each in
every way to compare with its evidence untouched, findings are judged by the truth, and a logistic curve is fitted for
each way: an intercept, a slope that cannot be negative, and an intercept for each change type, all drawn towards "as it
is" where findings are few. The curves are written to resources/rules/confidence.yaml; those of ways that were not asked
for stay. Run it again whenever a method changes its evidence; `benchmarks/trust.py` shows the outcome on other scenes.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tools")]
from judged import Judged, judged
from scenes import hold_out, village_in

from weijian.detection.confidence import Calibration, Comparison, log_odds

SEEDS = (31, 32, 34, 35, 41, 42)
TARGET = ROOT / "resources" / "rules" / "confidence.yaml"
HEADING = """\
# What the evidence of each way to compare is worth, learned by tools/fit_confidence.py on villages drawn by the
# sample's renderer; explained in weijian.detection.confidence. Log-odds: intercept + by_type + slope x evidence.
"""
DOUBT = 0.5
"""Findings of each answer that are taken for granted beforehand, so that a few dozen true ones do not make certain."""


def main() -> None:
    """Detect, judge, fit, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", type=Comparison, action="append")
    ask.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    ask.add_argument("--villages", type=Path, help="folder of villages already drawn, one a seed (named v31 ...)")
    ask.add_argument("--keep", type=Path, help="folder in which findings are kept and found again")
    options = ask.parse_args()
    scenes = (
        [village_in(f"v{seed}", options.villages / f"v{seed}") for seed in options.seeds]
        if options.villages
        else list(hold_out(tuple(options.seeds)))
    )
    wanted = options.only or (Comparison.HEIGHT, Comparison.ARCHIVE, Comparison.SPECTRAL, Comparison.OPEN)
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        findings = list(judged(scenes, wanted, folder, Calibration()))
    kept = yaml.safe_load(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    for comparison in wanted:
        own = [one for one in findings if one.comparison is comparison]
        if own:
            kept[comparison.value] = fitted(own)
            print(comparison.value, f"{len(own)} findings, {sum(one.true for one in own)} true", kept[comparison.value])
    TARGET.write_text(HEADING + yaml.safe_dump(kept, sort_keys=True), encoding="utf-8")


def fitted(findings: Sequence[Judged]) -> dict[str, object]:
    """The curve of one way to compare."""
    kinds = sorted({one.change_type for one in findings})
    evidence = np.array([log_odds(one.confidence) for one in findings])
    true = np.array([one.true for one in findings], np.float64)
    of_kind = np.array([[one.change_type is kind for kind in kinds] for one in findings], np.float64)
    # Half a true and half a false finding at the middle evidence: nothing is ever certain.
    middle = float(np.median(evidence))

    def cost(values: NDArray[np.float64]) -> float:
        intercept, slope, by_type = values[0], values[1], values[2:]
        odds = intercept + slope * evidence + of_kind @ by_type
        doubt = intercept + slope * middle
        loss = np.logaddexp(0, -odds) @ true + np.logaddexp(0, odds) @ (1 - true)
        loss += DOUBT * (np.logaddexp(0, -doubt) + np.logaddexp(0, doubt))
        return float(loss + 0.5 * (slope - 1.0) ** 2 / 0.25 + 0.5 * float(by_type @ by_type) / 0.5)

    start = np.array([0.0, 1.0, *np.zeros(len(kinds))])
    bounds = [(None, None), (0.05, 3.0), *[(None, None)] * len(kinds)]
    best = minimize(cost, start, bounds=bounds, method="L-BFGS-B").x
    told = [round(float(value), 3) for value in best]
    by_type = {kind.value: value for kind, value in zip(kinds, told[2:], strict=True)}
    return {"intercept": told[0], "slope": told[1], "by_type": by_type, "findings": len(findings)}


if __name__ == "__main__":
    main()
