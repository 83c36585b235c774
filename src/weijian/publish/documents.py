"""Statutory documents (文书) as DOCX, from the templates in ``resources/templates``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from weijian.assets import resource
from weijian.domain.errors import DocumentFieldMissing
from weijian.publish.order_rules import OrderBasis, OrderRules
from weijian.publish.wording import chinese_date, signed_metres, square_metres
from weijian.whole_results import write_file

ORDER_NAME = "责令限期拆除决定书"

_REQUIRED = {
    "document_no": "文号",
    "case_no": "案号",
    "bureau": "机关",
    "party": "当事人",
    "violation": "违法事实",
    "place": "地点",
    "review_body": "复议机关",
    "court": "法院",
    "attachments": "附件",
}


@dataclass(frozen=True)
class OrderValues:
    """Everything a demolition order states (责令限期拆除决定书).

    Attributes
    ----------
    document_no, case_no, bureau, party, place, review_body, court : str
        Printed as given; none may be blank.
    violation : str
        What the party did, as it follows 你（单位）: ``"未取得乡村建设规划许可证，擅自扩建建筑物一处"``.
    area_m2, area_sigma_m2 : float
        Projected area of what is to be demolished and its standard deviation.
    found_on, later_survey_on, issued_on : date
    basis : OrderBasis
    rules : OrderRules
        The periods for review and suit.
    attachments : tuple of str
        Their titles, at least the order map's.
    deadline_days : int, optional
        Days to demolish; those of the rules when None.
    earlier_survey_on : date, optional
        None when the archive alone says what stood there.
    height_change_m, height_sigma_m : float, optional
        None when there are no heights.
    """

    document_no: str
    case_no: str
    bureau: str
    party: str
    place: str
    violation: str
    area_m2: float
    area_sigma_m2: float
    found_on: date
    later_survey_on: date
    issued_on: date
    basis: OrderBasis
    rules: OrderRules
    review_body: str
    court: str
    attachments: tuple[str, ...] = ("违法建设拆除范围图",)
    deadline_days: int | None = None
    earlier_survey_on: date | None = None
    height_change_m: float | None = None
    height_sigma_m: float | None = None


def write_order(values: OrderValues, path: Path) -> Path:
    """Write a demolition order as DOCX.

    Raises
    ------
    DocumentFieldMissing
        A required text is blank, or the template asks for something the order does not have.
    TargetUnwritable
        The file cannot be written; nothing is left behind.
    """
    blank = [f"{name}（{key}）" for key, name in _REQUIRED.items() if not _filled(getattr(values, key))]
    if blank:
        raise DocumentFieldMissing(document=ORDER_NAME, fields="、".join(blank))
    return write_file(path, _rendered(resource("templates", "demolition_order.docx"), _context(values)))


def _filled(value: str | tuple[str, ...]) -> bool:
    return bool(value) and all(text.strip() for text in ((value,) if isinstance(value, str) else value))


def _context(values: OrderValues) -> dict[str, object]:
    height, earlier = values.height_change_m, values.earlier_survey_on
    return {
        **{key: getattr(values, key) for key in _REQUIRED},
        "area": square_metres(values.area_m2, values.area_sigma_m2).replace("m²", "平方米"),
        "height": None if height is None else signed_metres(height, values.height_sigma_m).replace("m", "米"),
        "found_on": chinese_date(values.found_on),
        "earlier_survey_on": chinese_date(earlier) if earlier else None,
        "later_survey_on": chinese_date(values.later_survey_on),
        "issued_on": chinese_date(values.issued_on),
        "duty": values.basis.duty,
        "authority": values.basis.authority,
        "consequence": values.basis.consequence,
        "deadline_days": values.deadline_days or values.rules.deadline_days,
        "review_days": values.rules.review_days,
        "suit_months": values.rules.suit_months,
    }


def _rendered(template: Path, context: Mapping[str, object]) -> bytes:
    from docxtpl import DocxTemplate
    from jinja2 import Environment, StrictUndefined, UndefinedError

    paper = DocxTemplate(str(template))
    strict = Environment(undefined=StrictUndefined, autoescape=True)
    try:
        paper.render(dict(context), strict, autoescape=True)
    except UndefinedError as error:
        raise DocumentFieldMissing(document=ORDER_NAME, fields=str(error)) from error
    content = BytesIO()
    paper.save(content)
    return content.getvalue()
