"""What is refused before any work begins: results that would fall on inputs, surveys that are the same or swapped."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import shapely

from weijian.detection.matching import Register
from weijian.domain.errors import EndingUnknown, InputError, TargetUnwritable
from weijian.domain.grid import Bounds
from weijian.domain.language import Words
from weijian.imagery.raster import recorded_day

FINDINGS_ENDING = ".gpkg"


class TargetIsInput(InputError):
    """A result would be written over what it is made from."""

    zh = "输出位置 {path} 就是输入的原始数据；请换一个文件名，原始数据不会被改动。"
    en = "{path}, where the result is to go, is itself an input; choose another name, inputs are never altered."


class SurveysAlike(InputError):
    """One survey was given as both."""

    zh = "前期与后期是同一份影像 {path}；请分别指定两个时期的影像。"
    en = "{path} was given as both the earlier and the later survey; give one of each date."


class SurveysSwapped(InputError):
    """The earlier survey was flown after the later one."""

    zh = "前期航测日期 {before} 晚于后期 {after}；请检查两期是否颠倒，或用 --before-date、--after-date 指定日期。"
    en = "The earlier survey was flown on {before}, after the later one of {after}; swap them or correct their dates."


class ArchiveElsewhere(InputError):
    """No building of the archive lies where the survey was flown; everything would be taken for new."""

    zh = "建筑档案与影像 {path} 的范围不重叠，或没有一行可用；请检查档案的坐标系（带号）和内容。"
    en = (
        "No usable building of the archive lies within {path}; "
        "check the archive's coordinate system (its zone) and its rows."
    )


def require_archive_there(register: Register, ground: Bounds, survey: Path) -> None:
    """Refuse an archive that has nothing on the ground of a survey; ``ground`` is in the register's CRS.

    Raises
    ------
    ArchiveElsewhere
    """
    outlines = [building.geometry for building in register.buildings]
    if not shapely.intersects(outlines, shapely.box(*ground)).any():
        raise ArchiveElsewhere(path=survey)


def require_two_surveys(before: Path | None, after: Path, days: tuple[date | None, date | None]) -> None:
    """Refuse a pair that is one survey, or that runs backwards.

    Raises
    ------
    SurveysAlike, SurveysSwapped
    """
    if before is not None and same_file(before, after):
        raise SurveysAlike(path=after)
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        raise SurveysSwapped(before=days[0], after=days[1])


def told_backwards(before: Path | None, after: Path, days: tuple[date | None, date | None]) -> tuple[Words, ...]:
    """Told when the files' own tags run backwards and no day of a flight is known.

    A tag may state the day of a later processing, so this is no reason to refuse.

    Raises
    ------
    FileMissing, NotARaster
    """
    if before is None or None not in days:
        return ()
    first, second = (day or recorded_day(path) for day, path in zip(days, (before, after), strict=True))
    if first is None or second is None or first <= second:
        return ()
    return (
        Words(
            f"文件记录的日期显示前期（{first}）晚于后期（{second}）；请检查两期是否颠倒。",
            f"By the dates in the files the earlier survey ({first}) is after the later one ({second}); "
            "check that they are not swapped.",
        ),
    )


def require_targets(findings: Path | None, report: Path | None, inputs: Iterable[Path | None]) -> None:
    """Refuse results that cannot be written, before the work and not after it.

    Raises
    ------
    EndingUnknown, TargetUnwritable, TargetIsInput
    """
    if findings is not None and findings.suffix.lower() != FINDINGS_ENDING:
        raise EndingUnknown(path=findings, formats=FINDINGS_ENDING)
    targets = [path for path in (findings, report) if path is not None]
    for path in targets:
        if path.is_dir():
            raise TargetUnwritable(path=path, why=Words("它是一个文件夹", "it is a folder"))
        if not path.absolute().parent.is_dir():
            raise TargetUnwritable(path=path, why=Words("文件夹不存在", "its folder does not exist"))
        require_apart(path, inputs)


def require_apart(target: Path, inputs: Iterable[Path | None]) -> None:
    """Refuse a result that would take the place of an input.

    Raises
    ------
    TargetIsInput
    """
    if any(path is not None and same_file(target, path) for path in inputs):
        raise TargetIsInput(path=target)


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file that is there."""
    try:
        return one.samefile(other)
    except OSError:
        return False
