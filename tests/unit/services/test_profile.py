import pytest

from weijian.services.profile import Profile, peak_memory_bytes


def test_stages_add_up_in_the_order_they_were_met() -> None:
    profile = Profile()
    for name in ("open", "align", "open"):
        with profile.stage(name) as cost:
            cost.bytes_read += 10
    assert list(profile.stages) == ["open", "align"]
    assert profile.stages["open"].bytes_read == 20
    assert profile.stages["open"].seconds >= 0


def test_a_stage_that_fails_has_its_cost() -> None:
    profile = Profile()
    with pytest.raises(ValueError, match="no"), profile.stage("open"):
        raise ValueError("no")
    assert profile.stages["open"].seconds > 0


def test_the_process_has_held_memory() -> None:
    peak = peak_memory_bytes()
    assert peak is not None
    assert 1e6 < peak < 1e12
