"""Plain methods of change detection, the way textbooks and toolboxes give them, for comparison.

Each takes both dates as (3, rows, columns) uint8 and a mask of where both have data, and answers with a mask of change.
The thresholds are Otsu's or the cluster's own: nothing is chosen by looking at a truth.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

Image = NDArray[np.uint8]
Mask = NDArray[np.bool_]
F64 = NDArray[np.float64]


def band_difference(before: Image, after: Image, valid: Mask) -> Mask:
    """Largest difference of any band, Otsu's threshold."""
    return _over_otsu(np.abs(after.astype(np.float32) - before).max(axis=0), valid)


def change_vector(before: Image, after: Image, valid: Mask) -> Mask:
    """Length of the change vector after the later image's histograms were matched to the earlier's; Otsu."""
    steps = [_matched(after[i], before[i], valid) - before[i] for i in range(3)]
    return _over_otsu(np.sqrt(sum(np.square(step) for step in steps)), valid)


def iteratively_reweighted_mad(before: Image, after: Image, valid: Mask, rounds: int = 20) -> Mask:
    """IR-MAD (A. A. Nielsen, 2007): canonical variates, pixels weighted by their chance of no change; Otsu."""
    x, y = (date[:, valid].astype(np.float64) for date in (before, after))
    weights = np.ones(x.shape[1])
    score = np.zeros(x.shape[1])
    for _ in range(rounds):
        joint = np.concatenate([x, y])
        mean = (joint * weights).sum(axis=1) / weights.sum()
        centred = joint - mean[:, None]
        covariance = (centred * weights) @ centred.T / weights.sum() + 1e-6 * np.eye(6)
        sxx, sxy, syy = covariance[:3, :3], covariance[:3, 3:], covariance[3:, 3:]
        a, rho = _canonical(sxx, sxy, syy)
        b = np.linalg.solve(syy, sxy.T @ a)
        b /= np.sqrt(np.einsum("ij,ik,kj->j", b, syy, b))
        variates = a.T @ centred[:3] - b.T @ centred[3:]
        deviation = np.sqrt(np.maximum(2.0 * (1.0 - rho), 1e-9))
        score = np.square(variates / deviation[:, None]).sum(axis=0)
        weights = np.maximum(chi2.sf(score, 3), 1e-12)
    field = np.zeros(valid.shape, np.float32)
    field[valid] = np.sqrt(score)
    return _over_otsu(field, valid)


def pca_k_means(before: Image, after: Image, valid: Mask, block: int = 4, kept: int = 3) -> Mask:
    """PCA-k-means (T. Celik, 2009): blocks of the grey difference, their principal parts, two clusters."""
    grey = [cv2.cvtColor(np.moveaxis(date, 0, 2), cv2.COLOR_RGB2GRAY).astype(np.float32) for date in (before, after)]
    step = np.abs(grey[1] - grey[0])
    rows, columns = (size // block * block for size in step.shape)
    tiles = step[:rows, :columns].reshape(rows // block, block, columns // block, block).swapaxes(1, 2)
    vectors = tiles.reshape(-1, block * block)
    mean = vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(np.cov((vectors - mean).T))
    around = np.stack(
        [np.roll(step, (block // 2 - r, block // 2 - c), (0, 1)) for r in range(block) for c in range(block)], axis=-1
    )
    features = ((around - mean) @ axes[:kept].T)[valid].astype(np.float32)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    cv2.setRNGSeed(1)
    _, labels, _ = cv2.kmeans(features, 2, None, criteria, 1, cv2.KMEANS_PP_CENTERS)
    inside = labels.ravel() == 1
    if step[valid][inside].mean() < step[valid][~inside].mean():
        inside = ~inside
    out = np.zeros(valid.shape, bool)
    out[valid] = inside
    return out


BASELINES: dict[str, Callable[[Image, Image, Mask], Mask]] = {
    "band-diff": band_difference,
    "cva": change_vector,
    "ir-mad": iteratively_reweighted_mad,
    "pca-kmeans": pca_k_means,
}


def _over_otsu(field: NDArray[np.floating], valid: Mask) -> Mask:
    """Pixels over Otsu's threshold of the field, of which the topmost thousandth is clipped."""
    top = float(np.percentile(field[valid], 99.9)) or 1.0
    levels = np.clip(field / top * 255.0, 0, 255).astype(np.uint8)
    threshold, _ = cv2.threshold(levels[valid].reshape(-1, 1), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray((levels > threshold) & valid)


def _matched(band: Image, like: Image, valid: Mask) -> NDArray[np.float32]:
    """A band with its histogram made that of another."""
    of_band, of_like = (np.bincount(b[valid], minlength=256).cumsum() / valid.sum() for b in (band, like))
    table = np.interp(of_band, of_like, np.arange(256)).astype(np.float32)
    return table[band]


def _canonical(sxx: F64, sxy: F64, syy: F64) -> tuple[F64, F64]:
    """Canonical directions of the first set (columns, unit variance) and their correlations."""
    root = np.linalg.cholesky(sxx)
    inner = np.linalg.solve(root, sxy @ np.linalg.solve(syy, sxy.T))
    squared, vectors = np.linalg.eigh(np.linalg.solve(root, inner.T))
    return np.linalg.solve(root.T, vectors), np.sqrt(np.clip(squared, 0.0, 1.0))
