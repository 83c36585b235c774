"""Days of flights that nobody stated: what file names tell."""

import re
from datetime import date
from pathlib import Path

_DAY = re.compile(r"(?<!\d)(20\d{2})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def date_in_name(path: Path | None) -> date | None:
    """The one day that a file's name states, as in ``2024-04-16_dom.tif`` or ``DOM20240416.tif``; else None."""
    if path is None:
        return None
    found = {match.group(1, 3, 4) for match in _DAY.finditer(path.stem)}
    if len(found) != 1:
        return None
    try:
        return date(*(int(part) for part in found.pop()))
    except ValueError:
        return None
