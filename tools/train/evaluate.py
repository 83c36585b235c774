"""How well a model does on drawn pairs it never saw: `python tools/train/evaluate.py --model M.onnx --pairs HOLDOUT`.

Pixels pooled over all pairs, by output, at the best of a few thresholds and at the model's own.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

TOOLS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOOLS), str(TOOLS.parent / "sample_data")]

from train.examples import read_pair
from weijian.detection.model_session import ModelRunner, read_card

THRESHOLDS = np.linspace(0.1, 0.9, 17)


def main() -> None:
    """Print a row for each output."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--model", type=Path, required=True)
    ask.add_argument("--pairs", type=Path, required=True)
    options = ask.parse_args()
    runner = ModelRunner(read_card(options.model), 1)
    side = runner.card.tile_px
    shown: dict[str, list[np.ndarray]] = {role: [] for role in runner.roles}
    true: dict[str, list[np.ndarray]] = {role: [] for role in runner.roles}
    files = sorted(options.pairs.glob("[0-9]*[0-9].npz"))
    for file in files:
        before, after, truth = (part[:, :side, :side] for part in read_pair(file))
        told = dict(zip(("building_before", "building_after", "change"), truth, strict=True))
        answers = runner.run(before, after, valid=np.ones((side, side), bool))
        for role, answer in zip(runner.roles, answers, strict=True):
            shown[role].append(answer.ravel())
            true[role].append(told[role].ravel())
    print(f"{len(files)} pairs{'':12}{'F1 at ' + str(runner.card.threshold):>10}{'best F1':>10}{'at':>6}")
    for role in runner.roles:
        answer, truth = np.concatenate(shown[role]), np.concatenate(true[role])
        scores = [_f1(answer >= t, truth) for t in THRESHOLDS]
        best = int(np.argmax(scores))
        own = _f1(answer >= runner.card.threshold, truth)
        print(f"{role:20}{own:>10.3f}{scores[best]:>10.3f}{THRESHOLDS[best]:>6.2f}")


def _f1(found: np.ndarray, truth: np.ndarray) -> float:
    return float(2 * (found & truth).sum() / max(1, found.sum() + truth.sum()))


if __name__ == "__main__":
    main()
