"""Evidence: the register of kept files, and the photographs of buildings."""

from collections.abc import Sequence

from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.domain.language import Words
from weijian.storage import tables
from weijian.storage.repositories.register import Register
from weijian.storage.rows import Scope


class EvidenceFiles(Register[Evidence]):
    """Evidence by hash."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, tables.evidence, Evidence, "sha256", Words("证据", "evidence"))

    def photographs_of(self, building_nos: Sequence[str]) -> list[Evidence]:
        """Photographs that show one of some buildings, the latest first."""
        c = tables.evidence.c
        found = list(self._select(c.building_no.in_(building_nos), c.kind == EvidenceKind.PHOTO))
        known = sorted((each for each in found if each.taken_at), key=lambda each: str(each.taken_at), reverse=True)
        return [*known, *(each for each in found if not each.taken_at)]
