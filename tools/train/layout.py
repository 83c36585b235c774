"""The ground plan of a made-up place: streets in a bent grid, and the blocks between them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]


@dataclass(frozen=True)
class Bend:
    """Street coordinates: ``u`` across and ``v`` along the streets, metres from the place's middle.

    The streets are turned by ``angle`` radians and swing ``swing`` metres to both sides every ``length`` metres.
    """

    middle: float
    angle: float
    swing: float
    length: float

    def street(self, x: F32, y: F32) -> tuple[F32, F32]:
        """Street coordinates of points of the place."""
        c, s = np.float32(math.cos(self.angle)), np.float32(math.sin(self.angle))
        dx, dy = x - np.float32(self.middle), y - np.float32(self.middle)
        v = dy * c - dx * s
        return dx * c + dy * s + np.float32(self.swing) * np.sin(v * np.float32(2 * math.pi / self.length)), v

    def point(self, u: float, v: float) -> tuple[float, float]:
        """The point of the place at street coordinates."""
        c, s = math.cos(self.angle), math.sin(self.angle)
        straight = u - self.swing * math.sin(2 * math.pi * v / self.length)
        return self.middle + straight * c - v * s, self.middle + straight * s + v * c

    def heading(self, v: float) -> float:
        """Angle of the ``u`` axis at a place along the street, radians."""
        slope = self.swing * 2 * math.pi / self.length * math.cos(2 * math.pi * v / self.length)
        return self.angle + math.atan(slope)


@dataclass(frozen=True)
class Street:
    """A street along ``v`` (or across, along ``u``) at a coordinate, with its width and surface at both dates."""

    at: float
    along: bool
    width: float
    surface: tuple[str, str]


@dataclass(frozen=True)
class Plot:
    """The ground of a block between streets, in street coordinates."""

    left: float
    right: float
    low: float
    high: float


@dataclass(frozen=True)
class Layout:
    """Streets and blocks of a place of ``size`` metres a side."""

    size: float
    bend: Bend
    streets: tuple[Street, ...]
    plots: tuple[Plot, ...]


SURFACES = ("asphalt", "asphalt", "concrete", "gravel", "soil")


def draw_layout(size: float, rng: np.random.Generator) -> Layout:
    """A bent grid of streets, denser or wider by chance."""
    bend = Bend(
        size / 2,
        float(rng.uniform(-math.pi, math.pi)),
        float(rng.uniform(0, 9)) * float(rng.random() < 0.5),
        float(rng.uniform(90, 220)),
    )
    reach = size * 0.85
    spacing = (float(rng.uniform(28, 75)), float(rng.uniform(35, 110)))
    cuts = [_cuts(reach, s, rng) for s in spacing]
    streets = [
        Street(at, along, float(rng.choice([3.0, 4.5, 6.0, 8.0, 14.0], p=[0.2, 0.3, 0.25, 0.18, 0.07])), _surface(rng))
        for along, places in zip((True, False), cuts, strict=True)
        for at in places
        if rng.random() < 0.75
    ]
    plots = [
        Plot(left, right, low, high)
        for left, right in zip(cuts[0][:-1], cuts[0][1:], strict=True)
        for low, high in zip(cuts[1][:-1], cuts[1][1:], strict=True)
    ]
    return Layout(size, bend, tuple(streets), tuple(plots))


def _cuts(reach: float, spacing: float, rng: np.random.Generator) -> list[float]:
    places, at = [], -reach / 1.2
    while at < reach / 1.2 + spacing:
        places.append(at)
        at += spacing * float(rng.uniform(0.7, 1.4))
    return places


def _surface(rng: np.random.Generator) -> tuple[str, str]:
    """Surface at both dates; one street in six was mended or built over between them."""
    first = str(rng.choice(SURFACES))
    return first, str(rng.choice(SURFACES)) if rng.random() < 0.17 else first
