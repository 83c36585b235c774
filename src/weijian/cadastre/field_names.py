"""Field names of a shapefile: the initials of the heading's pinyin, at most ten bytes, each only once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LONGEST = 10


def field_names(headings: Iterable[str], taken: Sequence[str] = ()) -> list[str]:
    """A name for each heading, in order; none of them is among ``taken``, compared without case.

    >>> field_names(["房屋编号", "层数", "测算", "built_area_m2"])
    ['FWBH', 'CS', 'CS1', 'BUILT_AREA']
    """
    from pypinyin import Style, lazy_pinyin

    used = {name.upper() for name in taken}
    names = []
    for heading in headings:
        initials = "".join(lazy_pinyin(heading, style=Style.FIRST_LETTER))
        stem = re.sub(r"[^A-Z0-9_]", "", initials.upper()).lstrip("0123456789_")[:LONGEST] or "F"
        name, count = stem, 0
        while name in used:
            count += 1
            name = f"{stem[: LONGEST - len(str(count))]}{count}"
        used.add(name)
        names.append(name)
    return names
