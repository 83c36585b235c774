import pytest

from weijian.domain.job import Job, Progress, finish


def counted(steps: int) -> Job[str]:
    for done in range(steps):
        yield Progress("align", done, steps)
    return f"{steps} done"


@pytest.mark.parametrize("steps", [0, 1, 5])
def test_a_job_run_to_its_end_gives_its_result(steps: int) -> None:
    assert finish(counted(steps)) == f"{steps} done"


def test_a_job_within_a_job() -> None:
    def outer() -> Job[str]:
        inner = yield from counted(2)
        return f"all {inner}"

    assert [step.done for step in outer()] == [0, 1]
    assert finish(outer()) == "all 2 done"


def test_errors_come_through() -> None:
    def failing() -> Job[None]:
        yield Progress("align", 0, 1)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        finish(failing())
