import cv2
import numpy as np
import pytest
from affine import Affine
from pyproj import CRS

from weijian.detection.height_evidence import HeightParameters
from weijian.detection.land_noise import land_noise
from weijian.detection.patch import Layer, Noise, Patch
from weijian.domain.grid import PixelGrid, Tile

SIDE, CELL = 300, 0.2
GRID = PixelGrid(CRS.from_epsg(4549), Affine(CELL, 0, 0, 0, -CELL, 0), SIDE, SIDE)
ROOF, WOOD = (slice(40, 130), slice(40, 130)), (slice(170, 270), slice(170, 270))


def layer(seed: int, sigmas: tuple[float, float, float]) -> Layer:
    """A lawn with a house of 6 m and a green wood of 5 m; each with noise of its own."""
    chance = np.random.default_rng(seed)
    bumps = np.random.default_rng(9).normal(0, 1, (SIDE, SIDE)).astype(np.float32)
    surface = chance.normal(0, sigmas[0], (SIDE, SIDE)).astype(np.float32)
    image = np.full((3, SIDE, SIDE), 120, np.uint8)
    surface[ROOF] = 6.0 + chance.normal(0, sigmas[1], surface[ROOF].shape)
    crowns = 5.0 + 2.0 * cv2.GaussianBlur(bumps, (0, 0), 2.0)
    surface[WOOD] = crowns[WOOD] + chance.normal(0, sigmas[2], surface[WOOD].shape)
    image[:, *WOOD] = np.array([60, 130, 50], np.uint8)[:, None, None]
    valid = np.ones((SIDE, SIDE), bool)
    return Layer(image, valid, surface, np.zeros((SIDE, SIDE), np.float32))


def test_each_kind_of_land_has_its_noise() -> None:
    sigmas = (0.03, 0.08, 0.25)
    patch = Patch(Tile(GRID, 0), layer(1, sigmas), layer(2, sigmas), (), Noise(0.0, 0.05))
    found = land_noise([patch], HeightParameters())
    for value, sigma in zip((found.ground, found.roof, found.vegetation), sigmas, strict=True):
        assert value == pytest.approx(np.sqrt(2) * sigma, rel=0.25)


def test_little_land_tells_nothing() -> None:
    patch = Patch(Tile(GRID, 0), None, layer(2, (0.1, 0.1, 0.1)), (), Noise(0.0, 0.05))
    found = land_noise([patch], HeightParameters())
    assert (found.ground, found.roof, found.vegetation) == (None, None, None)
