"""Draw the training pictures: `python tools/train/render.py --out DIR --first 0 --count 800`.

One compressed NumPy file a seed; what is there already is kept, so that an interrupted run goes on.
"""

import argparse
import sys
from pathlib import Path

import cv2
import numpy as np

TOOLS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOOLS), str(TOOLS.parent / "sample_data")]

from train.pictures import draw_example


def render(folder: Path, seed: int) -> Path:
    """Draw the pair of a seed unless it is there."""
    path = folder / f"{seed:06d}.npz"
    if not path.exists():
        example = draw_example(seed)
        half = path.with_suffix(".part.npz")
        np.savez_compressed(half, before=example.before, after=example.after, truth=np.packbits(example.truth))
        half.rename(path)
    return path


def main() -> None:
    """Read the arguments and draw."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--first", type=int, default=0)
    ask.add_argument("--count", type=int, default=800)
    options = ask.parse_args()
    cv2.setNumThreads(1)  # many renderers may run beside each other
    options.out.mkdir(parents=True, exist_ok=True)
    for seed in range(options.first, options.first + options.count):
        render(options.out, seed)
    print(f"{options.count} pairs in {options.out}")


if __name__ == "__main__":
    main()
