"""The one plain sentence that says why a finding is one: what was compared with what, and what came out."""

from collections.abc import Sequence
from datetime import date

from weijian.domain.building import Building
from weijian.domain.finding import CHANGE_NAMES, Change, ChangeType, PermitStatus
from weijian.domain.legality import Judgement, LegalityRules, storeys_of
from weijian.domain.measured import with_sigma
from weijian.domain.zone import ZONE_NAMES, ZoneKind


def reason_for(
    change: Change,
    building: Building | None,
    judgement: Judgement,
    zones: Sequence[ZoneKind],
    before_date: date | None,
    after_date: date | None,
    rules: LegalityRules,
) -> str:
    """Compose the sentence, e.g. 「2025-10-28航测与2024-04-16航测对比：扩建18.4±1.2 m²，高3.1±0.3 m；未查到许可。」."""
    parts = [
        f"{_compared(building, before_date, after_date)}：{_measured(change, building)}",
        _against_archive(change, building, rules),
        _against_permit(change, judgement, rules),
        "位于" + "、".join(ZONE_NAMES[z] for z in zones) if zones else "",
    ]
    return "；".join(part for part in parts if part) + "。"


def _compared(building: Building | None, before_date: date | None, after_date: date | None) -> str:
    after = f"{after_date.isoformat()}航测" if after_date else "后期航测"
    if before_date:
        return f"{after}与{before_date.isoformat()}航测对比"
    return f"{after}与档案轮廓对比" if building else f"{after}与建筑档案对比"


def _measured(change: Change, building: Building | None) -> str:
    beyond = "，较档案轮廓超出" if building and change.change_type is ChangeType.EXTENDED else ""
    text = f"{CHANGE_NAMES[change.change_type]}{beyond}{with_sigma(change.area_m2, change.area_sigma_m2)} m²"
    if change.height_change_m is None:
        return text
    height = with_sigma(abs(change.height_change_m), change.height_sigma_m)
    words = {
        ChangeType.NEW: "高",
        ChangeType.EXTENDED: "高",
        ChangeType.RAISED: "加高",
        ChangeType.DEMOLISHED: "降低",
        ChangeType.REBUILT: "增高" if change.height_change_m >= 0 else "降低",
    }
    return f"{text}，{words[change.change_type]}{height} m"


def _against_archive(change: Change, building: Building | None, rules: LegalityRules) -> str:
    if building is None:
        return ""
    known = []
    if building.storeys is not None:
        known.append(f"档案{building.storeys}层")
    if building.height_m is not None:
        known.append(f"档案高{building.height_m:.1f} m")
    if change.height_m is not None and change.change_type in (ChangeType.RAISED, ChangeType.REBUILT):
        known.append(f"实测高{change.height_m:.1f} m（约{storeys_of(change.height_m, rules)}层）")
    return "，".join(known)


def _against_permit(change: Change, judgement: Judgement, rules: LegalityRules) -> str:
    permit = judgement.permit
    match judgement.status:
        case None:
            return ""
        case PermitStatus.UNKNOWN:
            return "未提供许可资料，许可情况待查"
        case PermitStatus.UNPERMITTED:
            return "未查到许可"
        case PermitStatus.EXPIRED:
            until = f"已于{permit.expires_on.isoformat()}到期" if permit and permit.expires_on else "已过期"
            return f"许可{permit.permit_no if permit else ''}{until}"
        case PermitStatus.PERMITTED:
            return f"符合许可{permit.permit_no if permit else ''}"
        case PermitStatus.EXCEEDS_PERMIT:
            return f"超出许可{permit.permit_no if permit else ''}：" + "、".join(_excesses(change, judgement, rules))


def _excesses(change: Change, judgement: Judgement, rules: LegalityRules) -> list[str]:
    permit = judgement.permit
    told = []
    if judgement.excess_area_m2 is not None:
        told.append(f"超出许可范围{judgement.excess_area_m2:.1f} m²")
    if judgement.excess_storeys is not None and permit and change.height_m is not None:
        told.append(f"许可{permit.max_storeys}层、实测约{storeys_of(change.height_m, rules)}层")
    if judgement.excess_height_m is not None:
        told.append(f"超高{judgement.excess_height_m:.1f} m")
    return told
