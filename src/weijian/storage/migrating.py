"""Bringing the tables of an older program forward: after a backup, in one transaction, whoever of many comes first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyproj

from weijian.domain.job import Job
from weijian.storage import household_search, schema
from weijian.storage.store import Store
from weijian.storage.tables import metadata


@dataclass(frozen=True)
class Migrated:
    """Revisions of a workspace's tables, before and now; the backup of what they were, if there was anything to do."""

    before: str
    now: str
    backup: Path | None = None


def bring_forward(
    folder: Path, store: Store, found: str, crs: pyproj.CRS, clock: Callable[[], datetime]
) -> Job[Migrated]:
    """Back the tables up into the workspace's folder of backups, as they are, and bring them to the newest revision.

    Nobody else writes meanwhile; one who waited for that finds it done.
    """
    newest = schema.revisions()[-1]
    if found == newest:
        return Migrated(found, newest)
    stamp = clock().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    with store.writer.begin() as connection:
        if schema.revision_of(connection, store.schema) == newest:  # somebody else was quicker
            return Migrated(newest, newest)
        place = folder / "backups" / f"before-{newest}-{stamp}"
        backup = yield from store.save_aside(connection, folder, found, crs, place)
        schema.upgrade(connection, store.schema)
        store.fit(connection, metadata.sorted_tables, crs)
        household_search.rebuild(connection)
    return Migrated(found, newest, backup)
