"""Service of process (送达): how a document reached the party, and when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ServiceManner(StrEnum):
    """直接送达, 留置送达, 邮寄送达, 公告送达."""

    DIRECT = "direct"
    LEFT = "left"
    POST = "post"
    NOTICE = "notice"


SERVICE_NAMES = {
    ServiceManner.DIRECT: "直接送达",
    ServiceManner.LEFT: "留置送达",
    ServiceManner.POST: "邮寄送达",
    ServiceManner.NOTICE: "公告送达",
}
"""Chinese name of each manner."""


@dataclass(frozen=True)
class ServiceOfProcess:
    """One service of one document. ``served_on`` is the day it takes effect."""

    document_no: str
    manner: ServiceManner
    served_on: date
