from datetime import datetime
from pathlib import Path

import pytest

from weijian import assets, bootstrap
from weijian.domain.errors import FileUnreadable
from weijian.domain.legality import LegalityRules


def test_the_program_starts_with_the_rules_that_come_along() -> None:
    program = bootstrap.start()
    assert program.legality == LegalityRules()
    assert {"planning_64", "planning_65", "planning_66"} <= set(program.orders.bases)
    assert (datetime.now().astimezone().date() - program.today).days in (0, 1)


def test_a_damaged_rule_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = tmp_path / "legality.yaml"
    damaged.write_text("least_cover: viel", encoding="utf-8")
    monkeypatch.setattr(assets, "resource", lambda *names: damaged)
    with pytest.raises(FileUnreadable) as refusal:
        bootstrap.start()
    assert str(damaged) in refusal.value.sentence("zh")
