"""What detection is measured on: folders with a truth, villages drawn by the sample's renderer, real image pairs.

Scenes and pairs that lie beside the project (``../shared``) are used when they are there; none of them is part of it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from weijian import assets
from weijian.services.archive_files import RegisterFiles

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared"
HOLD_OUT = (51, 52, 53)
"""Seeds of the sample's renderer that nothing was tuned or trained on."""


@dataclass(frozen=True)
class Scene:
    """Where the files of one scene are; what there is none of is None."""

    name: str
    before: Path | None
    after: Path
    before_dsm: Path | None
    after_dsm: Path | None
    register: RegisterFiles
    truth: Path

    @property
    def has_heights(self) -> bool:
        """Whether every date that is there has a surface model."""
        return self.after_dsm is not None and (self.before is None or self.before_dsm is not None)

    def without_heights(self) -> "Scene":
        """The same with images only."""
        return replace(self, before_dsm=None, after_dsm=None)

    def without_archive(self) -> "Scene":
        """The same with nothing but the surveys."""
        return replace(self, register=RegisterFiles())

    def without_before(self) -> "Scene":
        """The later survey alone, with the archive."""
        return replace(self, before=None, before_dsm=None)


@dataclass(frozen=True)
class RealPair:
    """Two real images of one place and the mask of what was built or went between them (pixels over 127)."""

    name: str
    before: Path
    after: Path
    mask: Path


def scene_in(folder: Path) -> Scene:
    """A scene's folder."""
    before, after, before_dsm, after_dsm = (
        path if (path := folder / f"{name}.tif").exists() else None
        for name in ("before_dom", "after_dom", "before_dsm", "after_dsm")
    )
    if after is None:
        raise SystemExit(f"{folder}: no after_dom.tif")
    kinds = ("archive_buildings", "parcels", "permits", "zones")
    register = RegisterFiles(*(folder / f"{kind}.gpkg" for kind in kinds))
    return Scene(folder.name, before, after, before_dsm, after_dsm, register, folder / "truth.gpkg")


def village_in(name: str, folder: Path) -> Scene:
    """A village written by sample_data/make_village.py."""
    register = RegisterFiles(
        folder / "archive" / "房屋.shp",
        folder / "archive" / "宗地.shp",
        folder / "permits" / "许可.gpkg",
        folder / "zones" / "管控区.gpkg",
    )
    early, late = (folder / "surveys" / f"{day}_dom.tif" for day in ("2024-04-16", "2025-10-28"))
    dsm = [path.with_name(path.name.replace("dom", "dsm")) for path in (early, late)]
    return Scene(name, early, late, *dsm, register, folder / "truth" / "truth.gpkg")


def sample() -> Scene:
    """The sample village."""
    return village_in("sample", assets.sample_data())


def hold_out(seeds: tuple[int, ...] = HOLD_OUT) -> Iterator[Scene]:
    """Villages of other seeds, drawn once and kept among the temporary files."""
    for seed in seeds:
        folder = Path(tempfile.gettempdir()) / "weijian-villages" / str(seed)
        if not (folder / "truth").exists() or not (folder / "photos").exists():
            renderer = ROOT / "sample_data" / "make_village.py"
            subprocess.run([sys.executable, renderer, "--out", folder, "--seed", str(seed)], check=True)
        yield village_in(f"village_{seed}", folder)


def scenes_beside() -> list[Scene]:
    """The scenes beside the project."""
    return [scene_in(truth.parent) for truth in sorted((BESIDE / "scenes").glob("*/truth.gpkg"))]


def real_pairs(folder: Path = BESIDE / "data" / "levir") -> list[RealPair]:
    """Real pairs laid out as LEVIR-CD is: A (earlier), B (later) and label, with the same names."""
    names = sorted((path.name for path in (folder / "label").glob("*.png")), key=lambda n: (len(n), n))
    return [RealPair(Path(n).stem, folder / "A" / n, folder / "B" / n, folder / "label" / n) for n in names]
