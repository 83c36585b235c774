"""Stages of a case (案件阶段)."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands. The names are those of the field's glossary."""

    LEAD = "lead"
    VERIFICATION = "verification"
    FILED = "filed"
    INVESTIGATION = "investigation"
    STOP_NOTICE = "stop_notice"
    PRIOR_NOTICE = "prior_notice"
    LEGAL_REVIEW = "legal_review"
    DECISION = "decision"
    SERVED = "served"
    REMINDER = "reminder"
    ANNOUNCEMENT = "announcement"
    ENFORCEMENT_DECISION = "enforcement_decision"
    DEMOLITION = "demolition"
    ACCEPTANCE = "acceptance"
    SITE_REUSE = "site_reuse"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    REGULARISED = "regularised"
    TRANSFERRED = "transferred"
    DEFERRED = "deferred"
    SUSPENDED = "suspended"


STAGE_NAMES = {
    Stage.LEAD: "线索",
    Stage.VERIFICATION: "核查",
    Stage.FILED: "立案",
    Stage.INVESTIGATION: "调查取证",
    Stage.STOP_NOTICE: "责令停止（改正）",
    Stage.PRIOR_NOTICE: "事先告知",
    Stage.LEGAL_REVIEW: "法制审核",
    Stage.DECISION: "决定",
    Stage.SERVED: "送达",
    Stage.REMINDER: "催告",
    Stage.ANNOUNCEMENT: "限期自拆公告",
    Stage.ENFORCEMENT_DECISION: "强制拆除决定",
    Stage.DEMOLITION: "拆除",
    Stage.ACCEPTANCE: "验收",
    Stage.SITE_REUSE: "拆后利用",
    Stage.CLOSED: "结案",
    Stage.DISMISSED: "不予立案/销案",
    Stage.REGULARISED: "补办手续",
    Stage.TRANSFERRED: "移送",
    Stage.DEFERRED: "历史遗留暂缓",
    Stage.SUSPENDED: "中止",
}
"""Chinese name of each stage."""
