from pathlib import Path

import pytest
from sqlalchemy import select

from helpers.key_store import MemoryKeyStore
from weijian.domain.household import Household
from weijian.domain.person import Person
from weijian.storage import tables
from weijian.storage.key_places import RuntimeFolder
from weijian.storage.repositories.history import ChangedSince, NothingToTakeBack
from weijian.storage.repositories.register import UpsertCount
from weijian.storage.vault import AlreadyProtected, NotProtected, NumbersLocked, PassphraseTooShort, WrongSecret
from weijian.storage.workspace import Workspace, open_workspace

ID, PHONE = "11010519491231002X", "13800001234"
WIFE = Person("H1", "李四", "妻", ID, PHONE)
SON = Person("H1", "张小五", "子")


def protect(workspace: Workspace, passphrase: str | None = None) -> str:
    with workspace.transaction("王", "protect") as work:
        return work.vault.protect(passphrase)


def keep(workspace: Workspace, *persons: Person) -> UpsertCount:
    with workspace.transaction("王", "import-persons") as work:
        return work.persons.upsert_many(persons)


def found(workspace: Workspace, *words: str) -> list[str]:
    with workspace.read() as work:
        return [each.household.household_no for each in work.households.search(words, 9)]


@pytest.fixture
def peopled(workspace: Workspace, key_store: MemoryKeyStore) -> Workspace:
    protect(workspace)
    with workspace.transaction("王", "import") as work:
        work.households.upsert_many([Household("H1", "张三", "石桥村1号"), Household("H2", "曾国强", "石桥村2号")])
    keep(workspace, WIFE, SON)
    return workspace


def test_persons_come_back_and_are_sealed_on_the_disk(peopled: Workspace) -> None:
    with peopled.read() as work:
        kept = work.persons.of_household("H1")
        assert [work.persons.opened(each) for each in kept] == [WIFE, SON]
    with peopled.reader.connect() as connection:
        kept_rows = repr([list(connection.execute(select(t))) for t in (tables.persons, tables.row_changes)])
    assert WIFE.name in kept_rows
    assert not any(number in kept_rows for number in (ID, PHONE, PHONE[-8:]))
    peopled.close()
    for file in peopled.folder.rglob("*"):
        if file.is_file():
            assert not any(number.encode() in file.read_bytes() for number in (ID, PHONE, PHONE[-8:]))


def test_known_persons_are_completed_not_doubled(peopled: Workspace) -> None:
    assert keep(peopled, WIFE, SON) == UpsertCount(unchanged=2)
    assert keep(peopled, Person("H1", "张小五", phone="13900005678")) == UpsertCount(updated=1)
    assert keep(peopled, Person("H1", "李四（改名）", None, ID)) == UpsertCount(updated=1)
    namesake = Person("H1", "张小五", None, "110105491231002"), Person("H1", "张小五", None, "110105491231003")
    assert keep(peopled, *namesake) == UpsertCount(added=1, updated=1)
    with peopled.read() as work:
        wife, son, other = (work.persons.opened(each) for each in work.persons.of_household("H1"))
    assert wife == Person("H1", "李四（改名）", "妻", ID, PHONE)
    assert son == Person("H1", "张小五", "子", "110105491231002", "13900005678")
    assert other.id_number == "110105491231003"


def test_households_are_found_by_names_sounds_and_numbers_of_persons(peopled: Workspace) -> None:
    for word in ("李四", "小五", "zs", "zhangsan", "1234", PHONE, ID, "h1", "桥村1号"):
        assert found(peopled, word) == ["H1"], word
    assert found(peopled, "zgq") == found(peopled, "zeng") == found(peopled, ["国强", "石桥"][0]) == ["H2"]
    assert found(peopled, "zs", "石桥") == ["H1"]
    assert found(peopled, "1234", "2号") == found(peopled, "8888") == []


def test_without_the_key_the_rest_stays_readable(peopled: Workspace, key_store: MemoryKeyStore) -> None:
    key_store.kept.clear()
    with peopled.read() as work:
        assert work.vault.is_locked
        wife, son = work.persons.of_household("H1")
        assert (wife.name, work.persons.opened(son)) == ("李四", SON)
        with pytest.raises(NumbersLocked):
            work.persons.opened(wife)
    assert found(peopled, "1234") == []
    assert found(peopled, "李四") == ["H1"]
    with pytest.raises(NumbersLocked):
        keep(peopled, Person("H2", "王五", phone=PHONE))


def test_the_recovery_key_unlocks_and_is_remembered(workspace: Workspace, key_store: MemoryKeyStore) -> None:
    recovery = protect(workspace)
    keep(workspace, WIFE)
    key_store.kept.clear()
    with pytest.raises(WrongSecret), workspace.transaction("王", "unlock") as work:
        work.vault.unlock("ABCD")
    with workspace.transaction("王", "unlock") as work:
        work.vault.unlock(recovery.lower())
    with workspace.read() as work:
        assert not work.vault.is_locked
    with workspace.transaction("王", "renew") as work:
        renewed = work.vault.renew_recovery_key()
    with workspace.transaction("王", "lock") as work:
        work.vault.forget()
    assert key_store.kept == {}
    with pytest.raises(WrongSecret), workspace.transaction("王", "unlock") as work:
        work.vault.unlock(recovery)
    with workspace.transaction("王", "unlock") as work:
        work.vault.unlock(renewed)


def test_a_copy_opens_with_what_the_account_keeps(
    workspace: Workspace, key_store: MemoryKeyStore, tmp_path: Path
) -> None:
    import shutil

    protect(workspace)
    keep(workspace, WIFE)
    workspace.close()
    copied = Path(shutil.copytree(workspace.folder, tmp_path / "副本"))
    for folder in (copied, workspace.folder):
        with open_workspace(folder) as opened:
            with opened.transaction("王", "remember") as work:
                assert work.vault.remember()
            with opened.read() as work:
                assert [work.persons.opened(each) for each in work.persons.of_household("H1")] == [WIFE]


def test_a_passphrase_serves_where_there_is_no_key_store(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PassphraseTooShort):
        protect(workspace, "short")
    protect(workspace, "correct horse battery")
    with pytest.raises(AlreadyProtected):
        protect(workspace)
    with workspace.read() as work:
        assert work.vault.is_locked
    monkeypatch.setenv("WEIJIAN_PASSPHRASE", "correct horse battery")
    keep(workspace, WIFE)
    with workspace.read() as work:
        assert [work.persons.opened(each) for each in work.persons.of_household("H1")] == [WIFE]


def test_numbers_need_a_key(workspace: Workspace) -> None:
    assert keep(workspace, SON) == UpsertCount(added=1)
    with pytest.raises(NotProtected):
        keep(workspace, WIFE)
    with pytest.raises(NotProtected), workspace.transaction("王", "unlock") as work:
        work.vault.unlock("x")


def test_the_run_time_folder_keeps_secrets_for_the_account_alone(tmp_path: Path) -> None:
    place = RuntimeFolder(tmp_path)
    assert place.get("a") is None
    assert place.put("a", "secret")
    assert place.get("a") == "secret"
    assert (tmp_path / "weijian" / "a").stat().st_mode & 0o077 == 0
    place.remove("a")
    place.remove("a")
    assert place.get("a") is None


def actions(workspace: Workspace) -> int:
    with workspace.read() as work:
        return work.latest_action


def test_the_history_tells_who_changed_what_but_no_number(peopled: Workspace) -> None:
    with peopled.transaction("李", "edit-household") as work:
        work.households.upsert_many([Household("H1", "张三丰", "石桥村1号")])
        wife = work.persons.of_household("H1")[0]
        work.persons.update(wife.person_no, Person("H1", "李四", "妻", ID, "13900005678"))
    with peopled.read() as work:
        lines = work.history.of_household("H1", {"persons": ["P1", "P2"]}, 50)
    told = [(line.actor, line.change.part, line.change.verb, line.change.field, line.change.before) for line in lines]
    assert ("李", "households", "updated", "holder", "张三") in told
    assert ("王", "households", "added", None, None) in told
    assert [line.change.field for line in lines if line.change.verb == "updated"] == ["phone", "holder"]
    assert not any(number in repr(lines) for number in (ID, PHONE, "13900005678"))


def test_an_action_is_taken_back_and_done_again(peopled: Workspace) -> None:
    with peopled.transaction("李", "edit") as work:
        work.households.upsert_many([Household("H1", "王五", None, "石桥村"), Household("H3", "赵六")])
        work.persons.remove("P1")
        work.persons.move("P2", "H3")
    edited = actions(peopled)
    with peopled.transaction("李", "undo") as work:
        work.history.undo(edited)
    with peopled.read() as work:
        assert [h.holder for h in work.households.all()] == ["张三", "曾国强"]
        assert {work.persons.opened(each) for each in work.persons.of_household("H1")} == {WIFE, SON}
    assert found(peopled, "1234") == found(peopled, "zs") == ["H1"]
    assert found(peopled, "赵六") == []
    with peopled.transaction("李", "redo") as work:
        work.history.undo(edited + 1)
    with peopled.read() as work:
        assert [h.holder for h in work.households.all()] == ["王五", "曾国强", "赵六"]
        assert [work.persons.opened(each).name for each in work.persons.of_household("H3")] == ["张小五"]
    with pytest.raises(ChangedSince), peopled.transaction("李", "undo") as work:
        work.history.undo(edited)
    with pytest.raises(NothingToTakeBack), peopled.transaction("李", "undo") as work:
        work.history.undo(999)
