"""The drawn pairs as training examples: cut, turned, and photographed ever anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from train.network import MEAN, STD
from train.pictures import SIDE

CROP = 256
F32 = NDArray[np.float32]


def read_pair(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.bool_]]:
    """Both pictures and the truth of a file that render.py wrote."""
    with np.load(path) as file:
        truth = np.unpackbits(file["truth"]).reshape(3, SIDE, SIDE).astype(bool)
        return file["before"], file["after"], truth


def scaled(image: NDArray[np.uint8]) -> F32:
    """The network's input for (3, rows, columns) uint8."""
    mean, std = (np.float32(v).reshape(3, 1, 1) for v in (MEAN, STD))
    return ((image.astype(np.float32) / 255.0 - mean) / std).astype(np.float32)


@dataclass(frozen=True)
class Pairs:
    """Random crops of the pairs, each under conditions of its own; ``count`` of them, the same for one ``seed``."""

    files: tuple[Path, ...]
    count: int
    seed: int

    def all(self) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Image before, image after, and truth of every example."""
        return (self._example(number) for number in range(self.count))

    def _example(self, number: int) -> tuple[Tensor, Tensor, Tensor]:
        rng = np.random.default_rng([self.seed, number])
        before, after, truth = read_pair(self.files[number % len(self.files)])
        before = moved(before, rng)
        row, column = (int(v) for v in rng.integers(0, SIDE - CROP + 1, 2))
        cut = np.s_[:, row : row + CROP, column : column + CROP]
        before, after, truth = before[cut], after[cut], truth[cut]
        turns, flip = int(rng.integers(4)), bool(rng.integers(2))
        if rng.random() < 0.5:
            before, after, truth = after, before, truth[[1, 0, 2]]
        pictures = [scaled(camera(_turned(date, turns, flip), rng)) for date in (before, after)]
        answer = np.ascontiguousarray(_turned(truth, turns, flip)).astype(np.float32)
        return torch.from_numpy(pictures[0]), torch.from_numpy(pictures[1]), torch.from_numpy(answer)


def moved(image: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """The image as a survey that lies up to 2.5 pixels and a little turn off."""
    if rng.random() < 0.25:
        return image
    shift = rng.normal(0, 0.9, 2).clip(-2.5, 2.5)
    matrix = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), float(rng.normal(0, 0.12)), 1.0)
    matrix[:, 2] += shift
    turned = cv2.warpAffine(
        image.transpose(1, 2, 0), matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    return np.ascontiguousarray(turned.transpose(2, 0, 1))


def camera(image: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """The image under another exposure, tint, haze, sharpness, noise and compression."""
    value = image.transpose(1, 2, 0).astype(np.float32) / 255.0
    value = np.power(value, np.float32(rng.uniform(0.65, 1.5)))
    grey = value.mean(axis=2, keepdims=True)
    value = grey + np.float32(rng.uniform(0.35, 1.25)) * (value - grey)
    value = (value - value.mean()) * np.float32(rng.uniform(0.6, 1.25)) + value.mean() * np.float32(
        rng.uniform(0.6, 1.3)
    )
    value = value * rng.normal(1, 0.07, 3).astype(np.float32)
    if rng.random() < 0.35:
        haze = np.float32(rng.uniform(0.0, 0.35))
        value = value * (1 - haze) + haze * rng.uniform(0.6, 0.9, 3).astype(np.float32)
    if rng.random() < 0.55:
        value = cv2.GaussianBlur(value, (0, 0), float(rng.uniform(0.4, 1.6)))
    value = value + rng.normal(0, rng.uniform(0.0, 0.03), value.shape).astype(np.float32)
    out = np.clip(np.rint(value * 255.0), 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, packed = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 95))])
        out = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return np.ascontiguousarray(out.transpose(2, 0, 1))


def _turned(array: NDArray[np.generic], turns: int, flip: bool) -> NDArray[np.generic]:
    turned = np.rot90(array, turns, axes=(1, 2))
    return np.ascontiguousarray(turned[:, :, ::-1] if flip else turned)
