import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from weijian.domain.errors import FileMissing, FileUnreadable, NotFound, TargetUnwritable
from weijian.storage import evidence_files
from weijian.storage.evidence_files import EvidenceStore


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    (tmp_path / "evidence").mkdir()
    return EvidenceStore(tmp_path / "evidence", tmp_path / "cache")


def kept_files(tmp_path: Path) -> list[Path]:
    return [p for folder in ("evidence", "cache") for p in (tmp_path / folder).rglob("*") if p.is_file()]


@profile(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=3000))
def test_bytes_come_back_under_their_hash(store: EvidenceStore, tmp_path: Path, content: bytes) -> None:
    original = tmp_path / "照片 1.JPG"
    original.write_bytes(content)
    sha256 = store.put(original)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert store.path(sha256) == tmp_path / "evidence" / sha256[:2] / f"{sha256[2:]}.jpg"
    assert store.path(sha256).read_bytes() == original.read_bytes() == content
    assert store.is_intact(sha256)


def test_a_large_file_is_streamed(store: EvidenceStore, tmp_path: Path) -> None:
    original = tmp_path / "video.mp4"
    original.write_bytes(b"0123456789abcdef" * 200_000)
    assert store.is_intact(store.put(original))


def test_the_same_bytes_are_kept_once(store: EvidenceStore, tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.png", "without"):
        (tmp_path / name).write_bytes(b"same")
        sha256 = store.put(tmp_path / name)
    assert kept_files(tmp_path) == [store.path(sha256)]


def test_a_damaged_copy_is_healed_by_putting_it_again(store: EvidenceStore, tmp_path: Path) -> None:
    original = tmp_path / "without-suffix"
    original.write_bytes(b"good")
    sha256 = store.put(original)
    store.path(sha256).write_bytes(b"bad")
    assert not store.is_intact(sha256)
    store.put(original)
    assert store.is_intact(sha256)


def test_what_cannot_be_read(store: EvidenceStore, tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        store.put(tmp_path / "none.jpg")
    with pytest.raises(FileUnreadable):
        store.put(tmp_path)
    with pytest.raises(NotFound):
        store.path("ab" * 32)
    assert not store.is_intact("ab" * 32)


def test_what_cannot_be_written_leaves_nothing(
    store: EvidenceStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    original = tmp_path / "a.jpg"
    original.write_bytes(b"x")
    monkeypatch.setattr(evidence_files.os, "fsync", full)
    with pytest.raises(TargetUnwritable) as caught:
        store.put(original)
    assert "磁盘已满" in caught.value.sentence("zh")
    assert kept_files(tmp_path) == []
    assert original.read_bytes() == b"x"


def test_a_copy_that_reads_back_otherwise_is_not_kept(
    store: EvidenceStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    monkeypatch.setattr(evidence_files, "_hash", lambda _: "0" * 64)
    with pytest.raises(TargetUnwritable, match="does not read back"):
        store.put(tmp_path / "a.jpg")
    assert kept_files(tmp_path) == []
