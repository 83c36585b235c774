"""How soon a detection answers when it is cancelled: the longest wait between its steps, and what letting go takes.

    python benchmarks/cancel.py [--pixels 8192] [--scene FOLDER]

A large pair (as of benchmarks/speed.py) is detected once to the end, the longest wait before a step printed by stage;
then it is cancelled in each stage in turn, the time until nothing of it is left printed.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from big_pairs import BigPair, make_pair

from weijian import bootstrap
from weijian.domain.job import Job
from weijian.services.archive_files import RegisterFiles
from weijian.services.detect import Detection
from weijian.services.detect_files import DetectionFiles, DetectionOptions, detect_files


def main() -> None:
    """Print one row for each stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pixels", type=int, default=8192)
    parser.add_argument("--scene", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pair = make_pair(folder, asked.pixels, 0.1, asked.scene, heights=True)
        for heights in (True, False):
            waits = longest_waits(job(pair, folder, heights))
            print(f"{'heights' if heights else 'images':12}{'longest wait s':>16}{'letting go s':>14}")
            for stage, wait in waits.items():
                print(f"{stage:12}{wait:>16.2f}{letting_go(job(pair, folder, heights), stage):>14.2f}")
        print("left over:", sorted(path.name for path in folder.iterdir() if ".resume" in path.name) or "nothing")


def job(pair: BigPair, folder: Path, heights: bool) -> Job[Detection]:
    """A detection of the pair, not begun."""
    out = folder / "findings.gpkg"
    out.with_name(out.name + ".resume").unlink(missing_ok=True)
    surfaces = (pair.before_dsm, pair.after_dsm) if heights else (None, None)
    files = DetectionFiles(pair.before, pair.after, *surfaces, RegisterFiles())
    return detect_files(files, DetectionOptions(bootstrap.start().legality, out=out))


def longest_waits(steps: Job[Detection]) -> dict[str, float]:
    """Longest time before a step that tells of a stage, or of the stage before it."""
    waits: defaultdict[str, float] = defaultdict(float)
    stage, last = "", time.perf_counter()
    for step in steps:
        now = time.perf_counter()
        stage = stage or step.stage
        waits[stage] = max(waits[stage], now - last)
        stage, last = step.stage, now
    return dict(waits)


def letting_go(steps: Job[Detection], stage: str) -> float:
    """Seconds from cancelling in the middle of a stage until the job has ended."""
    with closing(steps):
        for step in steps:
            if step.stage == stage and (step.done >= step.total // 2 or step.total == 1):
                break
        start = time.perf_counter()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
