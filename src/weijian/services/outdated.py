"""Judgements of findings that rest on permits which were changed since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from shapely import STRtree

from weijian.domain.finding import Finding
from weijian.storage.unit_of_work import UnitOfWork


def changed_permits(work: UnitOfWork, findings: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    """By finding, the permits that were entered, changed or removed after it was judged and that bear on it.

    They do where the finding names them, or where they cover ground of what was built. Findings that need no permit
    are not there; nor are those judged by a program that did not keep when.
    """
    judged_in = work.findings.judged_in()
    judged = [each for each in findings if each.permit_status is not None and each.finding_no in judged_in]
    if not judged:
        return {}
    changed = work.history.changed_after("permits", min(judged_in[each.finding_no] for each in judged))
    if not changed:
        return {}
    bearing: dict[str, set[str]] = defaultdict(set)
    for finding in judged:
        if finding.permit_no in changed:
            bearing[finding.finding_no].add(finding.permit_no)
    permits = list(work.permits.find(changed).values())
    over, under = STRtree([each.geometry for each in permits]).query([each.structure for each in judged], "intersects")
    for place, permit in zip(over.tolist(), under.tolist(), strict=True):
        bearing[judged[place].finding_no].add(permits[permit].permit_no)
    later = {
        number: tuple(sorted(permit for permit in named if changed[permit] > judged_in[number]))
        for number, named in bearing.items()
    }
    return {number: named for number, named in later.items() if named}
