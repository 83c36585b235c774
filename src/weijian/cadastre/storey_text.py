"""What is written in a house on a topographic map: 砖3, 混2, 砼12-1, B."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_STRUCTURES = (
    "钢筋混凝土|钢混|钢砼|彩钢|钢|砼|框架|框|砖混|砖木|砖石|砖|混合|混|土木|土坯|土|石木|石|木|竹|简易|简|棚|破|建"
    "|铁皮|铁|泥|其他|[A-Z]"
)
_NOTE = re.compile(rf"(?P<structure>{_STRUCTURES})?(?P<storeys>\d{{1,3}})?层?(?:[-+/(].*)?")
_MOST_STOREYS = 120


@dataclass(frozen=True)
class HouseNote:
    """Structure as it is written, and storeys above ground; None where the note does not say."""

    structure: str | None
    storeys: int | None


@lru_cache(maxsize=4096)
def house_note(text: str) -> HouseNote | None:
    """Read a note; None for any other text, as a name.

    A note without a number leaves the storeys unknown. What follows a sign (basements, set-backs) is not read.

    >>> house_note("砖3"), house_note("混２-1"), house_note("村委会")
    (HouseNote(structure='砖', storeys=3), HouseNote(structure='混', storeys=2), None)
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    match = _NOTE.fullmatch(plain)
    if match is None or not (match["structure"] or match["storeys"]):
        return None
    storeys = int(match["storeys"]) if match["storeys"] else None
    if storeys is not None and not 1 <= storeys <= _MOST_STOREYS:
        return None
    return HouseNote(match["structure"], storeys)
