"""What is refused before a cluster begins to work; the work itself is tried on a real one in the integration tests."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from weijian.services import cluster as room
from weijian.services.cluster import WorkerCannotRead, WorkerDiffers


class Elsewhere:
    """A client whose one worker answers as it is told to."""

    def __init__(self, answer: Callable[..., object]) -> None:
        self._answer = answer

    def run(self, function: Callable[..., object], *arguments: object, on_error: str = "raise") -> dict[str, object]:
        return {"tcp://10.0.0.7:4711": self._answer(function, *arguments)}


def test_another_version_is_refused() -> None:
    def answer(function: Callable[..., object], package: str) -> object:
        return "0.0.1" if package == "weijian" else function(package)

    with pytest.raises(WorkerDiffers) as refusal:
        room._require_same_versions(Elsewhere(answer))
    assert "tcp://10.0.0.7:4711 has weijian 0.0.1" in refusal.value.sentence("en")


def test_a_worker_without_the_program_is_refused() -> None:
    with pytest.raises(WorkerDiffers):
        room._require_same_versions(Elsewhere(lambda function, package: ModuleNotFoundError("weijian")))


def test_the_same_versions_and_files_will_do(tmp_path: Path) -> None:
    file = tmp_path / "a.tif"
    file.write_bytes(b"123")
    here = Elsewhere(lambda function, *arguments: function(*arguments))
    room._require_same_versions(here)
    room._require_same_files(here, [file])


@pytest.mark.parametrize("theirs", [None, b"12"])
def test_a_file_that_is_not_the_same_there_is_refused(tmp_path: Path, theirs: bytes | None) -> None:
    file = tmp_path / "a.tif"
    file.write_bytes(b"123")

    def answer(function: Callable[..., object], states: dict[str, int | None]) -> object:
        file.unlink()
        if theirs is not None:
            file.write_bytes(theirs)
        return function(states)

    with pytest.raises(WorkerCannotRead, match=r"a\.tif"):
        room._require_same_files(Elsewhere(answer), [file])


def test_a_worker_that_comes_later_is_asked_with_its_work() -> None:
    ours = room._versions()
    assert room._done(str, ours, pickle.dumps(7)) == "7"
    older = (*ours[:-1], (ours[-1][0], "0.0.1"))
    with pytest.raises(WorkerDiffers, match=r"0\.0\.1"):
        room._done(str, older, pickle.dumps(7))
