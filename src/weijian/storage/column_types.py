"""Column types that keep the domain's own values, in types a GeoPackage allows."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import shapely
from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from weijian.storage.sealed import Sealed


class AsText(TypeDecorator[Any]):
    """Values that ``write`` turns into text and ``read`` back."""

    impl = Text
    cache_ok = True

    def __init__(self, write: Callable[[Any], str], read: Callable[[str], Any]) -> None:
        super().__init__()
        self.write = write
        self.read = read

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Python to database."""
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:  # noqa: ARG002
        """Database to Python."""
        return None if value is None else self.read(value)


def choice(words: type[StrEnum]) -> AsText:
    """One word of a glossary enumeration, kept as that word."""
    return AsText(str, words)


def choices(words: type[StrEnum]) -> AsText:
    """Several words of an enumeration, kept as a comma list."""
    return AsText(",".join, lambda kept: tuple(words(word) for word in kept.split(",") if word))


def outline() -> AsText:
    """A second outline beside a layer's footprint, as WKT: a GeoPackage table holds one geometry column."""
    return AsText(lambda shape: str(shapely.to_wkt(shape, rounding_precision=-1)), shapely.from_wkt)


def names() -> AsText:
    """Several names, one a line."""
    return AsText("\n".join, lambda kept: tuple(kept.split("\n")) if kept else ())


def sealed() -> AsText:
    """A number of a person, sealed."""
    return AsText(lambda number: str(number.token), Sealed)


def local_time() -> AsText:
    """A clock reading without zone, as cameras record it: ISO text, since GeoPackage times are always UTC."""
    return AsText(lambda reading: reading.replace(tzinfo=None).isoformat(), datetime.fromisoformat)


def utc_text(moment: datetime) -> str:
    """A moment as the GeoPackage standard writes it, to the millisecond: ``2026-03-01T08:00:00.000Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


class _GeoPackageTime(UserDefinedType[datetime]):
    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "DATETIME"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:  # noqa: ARG002
        return utc_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        return datetime.fromisoformat


class UtcTime(TypeDecorator[datetime]):
    """A moment with its zone, to the millisecond."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """GeoPackage text on SQLite, the database's own elsewhere."""
        return dialect.type_descriptor(_GeoPackageTime() if dialect.name == "sqlite" else DateTime(timezone=True))
