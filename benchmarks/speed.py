"""Detection on one large pair beside Orfeo ToolBox and beside the time it takes just to decode the files.

    python benchmarks/speed.py [--pixels 8192] [--pixel-m 0.1] [--scene FOLDER] [--heights]

The pair is a real one (the sample's, or a scene's) repeated in mirror images with noise of its own. All sides run one
after the other as processes of their own on the same files; what counts is the ratio, on a busy machine that of the
processors' seconds. Orfeo ToolBox is the Debian package otb-bin; without it its row says so.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from big_pairs import BigPair, make_pair
from processes import Cost, measured, weijian

PEER = "otbcli_MultivariateAlterationDetector"
DECODE = """
import sys
from concurrent.futures import ThreadPoolExecutor
import rasterio


def decode(part):
    path, first, step = part
    with rasterio.open(path) as file:
        for number, (_, window) in enumerate(file.block_windows(1)):
            if number % step == first:
                file.read(window=window)


hands = int(sys.argv[1])
with ThreadPoolExecutor(hands) as pool:
    list(pool.map(decode, [(path, first, hands) for path in sys.argv[2:] for first in range(hands)]))
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one row for each side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pixels", type=int, default=8192)
    parser.add_argument("--pixel-m", type=float, default=0.1)
    parser.add_argument("--scene", type=Path)
    parser.add_argument("--heights", action="store_true", help="also the height method")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pair = make_pair(folder, asked.pixels, asked.pixel_m, asked.scene, asked.heights)
        print(f"{asked.pixels} x {asked.pixels} x 3, pixels of {asked.pixel_m} m, {asked.workers} hands")
        decode = measured([sys.executable, "-c", DECODE, asked.workers, pair.before, pair.after])
        peer = peer_cost(pair, folder)
        ratios = f"{'x OTB':>8}{'x decode':>10}"
        print(f"{'':20}{'seconds':>9}{ratios}{'cpu s':>8}{ratios}{'peak MB':>9}")
        show("decode (rasterio)", decode, peer, decode)
        if peer is None:
            print(f"{'OTB MAD':20}  skipped: {PEER} is not installed (Debian: apt-get install otb-bin)")
        else:
            show("OTB MAD", peer, peer, decode)
        for title, surfaces in (("weijian, images", False), ("weijian, heights", True)):
            if not surfaces or pair.after_dsm is not None:
                cost, report = detect(pair, folder, surfaces, asked.workers)
                show(title, cost, peer, decode)
                print("  " + ", ".join(f"{stage} {cost['seconds']:.1f}" for stage, cost in report["stages"].items()))


def peer_cost(pair: BigPair, folder: Path) -> Cost | None:
    """Orfeo ToolBox on the same files; None where it is not installed."""
    if shutil.which(PEER) is None:
        return None
    on_each_other = [f"{path}?&skipcarto=true" for path in (pair.before, pair.after)]  # it lines nothing up
    return measured([PEER, "-in1", on_each_other[0], "-in2", on_each_other[1], "-out", folder / "mad.tif"])


def detect(pair: BigPair, folder: Path, surfaces: bool, workers: int) -> tuple[Cost, dict]:
    """Weijian's own detection, and its report."""
    heights = ["--before-dsm", pair.before_dsm, "--after-dsm", pair.after_dsm] if surfaces else ["--method", "spectral"]
    results = ["--out", folder / "findings.gpkg", "--report", folder / "report.json", "--workers", workers]
    cost = weijian("detect", "--before", pair.before, "--after", pair.after, *heights, *results)
    return cost, json.loads((folder / "report.json").read_text())


def show(title: str, cost: Cost, peer: Cost | None, decode: Cost) -> None:
    """One row."""
    told = f"{title:20}"
    for width, own, its, least in (
        (9, cost.seconds, peer and peer.seconds, decode.seconds),
        (8, cost.cpu_seconds, peer and peer.cpu_seconds, decode.cpu_seconds),
    ):
        faster = "-" if its is None else f"{its / own:.1f}"
        told += f"{own:>{width}.1f}{faster:>8}{own / least:>10.1f}"
    print(f"{told}{cost.peak_mb:>9.0f}", flush=True)


if __name__ == "__main__":
    main()
