"""Detection on files: surveys and registers in, FINDINGS.gpkg and a report out."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread

from weijian.cadastre.crs import parse_crs
from weijian.detection.confidence import Calibration
from weijian.domain.errors import InputError
from weijian.domain.finding import Method
from weijian.domain.job import Job
from weijian.domain.legality import LegalityRules
from weijian.imagery.alignment import HandShift
from weijian.services.archive_files import RegisterFiles, read_register
from weijian.services.checkpoint import ENDING, forget
from weijian.services.detect import Detection, DetectionRequest, RegisterSource, detect
from weijian.services.detection_report import write_report
from weijian.services.flight_dates import date_in_name
from weijian.services.prepare import Products
from weijian.services.remote_data import require_allowed
from weijian.services.safeguards import require_targets, require_two_surveys, told_backwards


class OptionMissing(InputError):
    """A command lacks something it cannot do without."""

    zh = "缺少 {option}；请补充后重试。"
    en = "{option} is missing; add it and try again."


class OptionUnfit(InputError):
    """An option was given that another leaves without any effect."""

    zh = "{option} 不能与 {other} 同用：工作区内的资料按期次号取用；请去掉其中一个。"
    en = "{option} does nothing beside {other}, which takes surveys and archive from the workspace; leave one out."


@dataclass(frozen=True)
class DetectionFiles:
    """The files to compare; ``before`` None compares the archive with the later survey."""

    before: Path | None
    after: Path | None
    before_dsm: Path | None
    after_dsm: Path | None
    register: RegisterFiles
    before_date: date | None = None
    after_date: date | None = None


@dataclass(frozen=True)
class DetectionOptions:
    """How to detect and where to write; ``out`` and ``report`` None write nothing.

    ``hand`` is a person's placing of the earlier survey, or of the archive where that is compared. A ``model`` file
    alone asks for the model method.
    """

    rules: LegalityRules
    method: Method | None = None
    model: Path | None = None
    min_area_m2: float = 10.0
    min_height_m: float = 2.0
    workers: int | None = None
    scheduler: str | None = None
    hand: HandShift | None = None
    calibration: Calibration | None = None
    out: Path | None = None
    report: Path | None = None

    @property
    def wanted(self) -> Method | None:
        """The method asked for, in so many words or by giving it its model."""
        return Method.MODEL if self.model is not None and self.method is None else self.method

    def request(self, products: Products, register: RegisterSource, has_archive: bool, prefix: str) -> DetectionRequest:
        """What is asked of a detection by these options; ``prefix`` begins the numbers of its findings."""
        return DetectionRequest(
            products=products,
            register=register,
            has_archive=has_archive,
            rules=self.rules,
            number_prefix=prefix,
            method=self.wanted,
            model=self.model,
            min_area_m2=self.min_area_m2,
            min_height_m=self.min_height_m,
            workers=self.workers,
            scheduler=self.scheduler,
            hand=self.hand,
            calibration=self.calibration,
        )


def detect_files(files: DetectionFiles, options: DetectionOptions) -> Job[Detection]:
    """Detect on files and write FINDINGS.gpkg; days that are not given are read from the file names.

    Raises
    ------
    InputError
        An option is missing, or what was given cannot be read, compared or written.
    """
    if files.after is None:
        raise OptionMissing(option="--after")
    if options.out is None:
        raise OptionMissing(option="--out")
    register = files.register
    inputs = (files.before, files.after, files.before_dsm, files.after_dsm, options.model)
    require_allowed(inputs, register.remote)
    require_targets(
        options.out, options.report, (*inputs, register.archive, register.parcels, register.permits, register.zones)
    )
    before_date = files.before_date or date_in_name(files.before)
    after_date = files.after_date or date_in_name(files.after)
    require_two_surveys(files.before, files.after, (before_date, after_date))
    crs = None if files.register.crs is None else parse_crs(files.register.crs, files.after)
    products = Products(files.after, files.before, files.after_dsm, files.before_dsm, crs)
    prefix = "T" if after_date is None else f"T{after_date:%Y%m%d}"
    request = replace(
        options.request(products, partial(read_register, register), register.archive is not None, prefix),
        before_date=before_date,
        after_date=after_date,
        warnings=told_backwards(files.before, files.after, (before_date, after_date)),
        checkpoint=options.out.with_name(options.out.name + ENDING),
    )
    # The writer's libraries take half a second to load; most of the work here leaves the interpreter free for it.
    Thread(target=import_module, args=("weijian.cadastre.writer",), daemon=True).start()
    detection = yield from detect(request)
    write_results(detection, options)
    forget(request.checkpoint)
    return detection


def write_results(detection: Detection, options: DetectionOptions) -> None:
    """Write the findings and the report where they are wanted.

    Raises
    ------
    TargetUnwritable
    """
    if options.out is not None:
        from weijian.cadastre.writer import write_findings

        write_findings(detection.findings, detection.crs, options.out)
    if options.report is not None:
        write_report(detection.report, options.report)
