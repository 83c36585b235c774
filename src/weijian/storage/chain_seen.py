"""How far the audit chain was seen from a folder: its number and seal, kept beside the database and not in it.

The chain tells by itself when an entry in it was altered, and not when its last ones were cut off: what is left is a
shorter chain that is whole. So the folder remembers the last entry that was made or verified from it, and verifying
asks for that one. An archive on a server is thereby watched by the folder of every officer, which the server's keeper
cannot reach. What this cannot tell: entries that were cut off before any folder saw them, and the work of somebody who
rewrites folder and database together.
"""

import json
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection

from weijian.domain.errors import TargetUnwritable
from weijian.storage import audit
from weijian.storage.audit import Sealed
from weijian.whole_results import replaced

NAME = "audit-seen.json"


def note(folder: Path, entry: Sealed) -> None:
    """Remember an entry; an earlier one than that which is remembered says nothing.

    What the user did is kept by then: a folder that cannot be written only leaves the memory as it was.
    """
    known = seen(folder)
    if known is not None and known.number >= entry.number:
        return
    with suppress(TargetUnwritable), replaced(folder / NAME) as temporary:
        temporary.write_text(json.dumps({"entry": entry.number, "sha256": entry.seal}), encoding="utf-8")


def is_held(connection: Connection, folder: Path) -> bool:
    """Whether the chain still has the entry that the folder remembers; True where it remembers none.

    Where it has not, the folder must not go on to later entries: what was cut off would be forgotten.
    """
    known = seen(folder)
    return known is None or audit.holds(connection, known)


def seen(folder: Path) -> Sealed | None:
    """What the folder remembers; None where it remembers nothing, or nothing that can be read."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Sealed(int(told["entry"]), str(told["sha256"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
