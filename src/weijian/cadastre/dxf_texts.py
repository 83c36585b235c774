"""Texts of a DXF drawing: what they say without the drawing program's signs, and where they stand."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from weijian.cadastre.dxf_stream import UPRIGHT, Groups

TEXTS = frozenset({b"TEXT", b"MTEXT", b"ATTRIB", b"ATTDEF"})

_SPECIAL = re.compile(r"%%|\^|\\[UM]\+")
_HIDDEN, _CONSTANT = 1, 2

Place = tuple[float, float]


def is_shown(groups: Groups) -> bool:
    """Whether a text is one that is seen: a definition of an attribute is, where all copies of its block share it."""
    if groups.kind not in (b"ATTRIB", b"ATTDEF"):
        return True
    flags = int(groups.number(70))
    return not flags & _HIDDEN and (groups.kind == b"ATTRIB" or bool(flags & _CONSTANT))


def text_of(groups: Groups, codec: str) -> str:
    """What a text says; bytes that are not of the codec become surrogates."""
    return _paragraph(groups, codec) if groups.kind == b"MTEXT" else plain_text(groups.first(1), codec)


@lru_cache(maxsize=4096)
def plain_text(raw: bytes, codec: str) -> str:
    """A text without the drawing program's signs; bytes that are not of the codec become surrogates."""
    text = raw.decode(codec, errors="surrogateescape")
    if not _SPECIAL.search(text):
        return text
    from ezdxf.lldxf import encoding
    from ezdxf.tools.text import plain_text as without_signs

    return str(without_signs(encoding.decode_mif_to_unicode(encoding.decode_dxf_unicode(text))))


def _paragraph(groups: Groups, codec: str) -> str:
    from ezdxf.lldxf import encoding
    from ezdxf.tools.text import plain_mtext

    raw = b"".join([*groups.all(3), *groups.all(1)])
    text = encoding.decode_mif_to_unicode(encoding.decode_dxf_unicode(raw.decode(codec, errors="surrogateescape")))
    return str(plain_mtext(text))


def places_of(groups: Groups, text: str) -> list[Place]:
    """Where a text may stand, the likelier first: the point it is aligned to, its middle, its beginning."""
    east, north = groups.number(10), groups.number(20)
    if groups.kind == b"MTEXT":
        return [_middle_of_paragraph(groups, text), (east, north)]
    turn = math.radians(groups.number(50))
    height = groups.number(40, 1.0)
    places = [_moved((east, north), 0.5 * height * len(text), 0.5 * height, turn), (east, north)]
    if 11 in groups.codes and (groups.number(72) or groups.number(73) or groups.number(74)):
        places.insert(0, (groups.number(11), groups.number(21)))
    if groups.extrusion == UPRIGHT:
        return places
    from ezdxf.math import OCS

    plane = OCS(groups.extrusion)
    return [(point.x, point.y) for point in map(plane.to_wcs, places)]


def _middle_of_paragraph(groups: Groups, text: str) -> Place:
    """Middle of a MTEXT: its point is one of nine of its frame, from upper left (1) to lower right (9)."""
    lines = text.splitlines() or [""]
    height = groups.number(40, 1.0)
    wide, high = height * max(map(len, lines)), height * len(lines)
    down, across = divmod(min(max(int(groups.number(71, 1.0)), 1), 9) - 1, 3)
    turn = math.radians(groups.number(50))
    if 11 in groups.codes:
        turn = math.atan2(groups.number(21), groups.number(11))
    return _moved((groups.number(10), groups.number(20)), (0.5 - across / 2) * wide, (down / 2 - 0.5) * high, turn)


def _moved(place: Place, along: float, up: float, turn: float) -> Place:
    cos, sin = math.cos(turn), math.sin(turn)
    return place[0] + along * cos - up * sin, place[1] + along * sin + up * cos
