"""The commands for archives on a server, for moving them, and for backups."""

from pathlib import Path

import pytest

from helpers.commands import CommandLine
from helpers.server import GUARDED, PASSWORD, Server
from helpers.stores import StoreAtHand, on_a_file, on_the_server
from weijian.services.workspaces import describe_workspace


@pytest.fixture
def weijian(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def village(weijian: CommandLine, store: StoreAtHand, tmp_path: Path) -> Path:
    made = weijian("new", tmp_path / "村", "--crs", "EPSG:4549", "--name", "石桥村", *store.options())
    assert made.code == 0, made.err
    return tmp_path / "村"


def one_line(err: str) -> bool:
    return len(err.strip().splitlines()) == 1 and "Traceback" not in err


@on_the_server
def test_a_second_machine_connects(weijian: CommandLine, village: Path, tmp_path: Path) -> None:
    from weijian.storage.server_address import read_pointer

    address = read_pointer(village / "archive.toml")
    url, schema = str(address).split()[0], address.schema
    done = weijian("connect", tmp_path / "二", "--database", url, "--schema", schema, "--evidence", tmp_path / "share")
    assert (done.code, done.err) == (0, "")
    assert "石桥村" in done.out
    assert read_pointer(tmp_path / "二" / "archive.toml").evidence == tmp_path / "share"
    assert weijian("verify", "--workspace", tmp_path / "二").code == 0
    assert weijian("connect", tmp_path / "三", "--database", url, "--schema", "none").code == 2
    assert not (tmp_path / "三").exists()


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("postgresql://u@127.0.0.1:1/d", "127.0.0.1"),
        ("mysql://u:geheim@h/d", "postgresql://"),
        ("postgresql://u:geheim@h", "postgresql://"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(
    weijian: CommandLine, tmp_path: Path, database: str, said: str
) -> None:
    for command in (
        ("new", tmp_path / "w", "--crs", "EPSG:4549", "--name", "x"),
        ("connect", tmp_path / "w"),
    ):
        refused = weijian(*command, "--database", database)
        assert (refused.code, refused.out) == (2, "")
        assert one_line(refused.err)
        assert said in refused.err
        assert "geheim" not in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_password_goes_into_the_key_store(
    weijian: CommandLine, server: Server, tmp_path: Path, key_store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server.database() as name:
        server.execute(f'GRANT CREATE ON DATABASE "{name}" TO {GUARDED}')
        new = ("new", tmp_path / "w", "--crs", "EPSG:4549", "--name", "x", "--database")
        refused = weijian(*new, server.url(name, GUARDED))
        assert refused.code == 2
        assert one_line(refused.err)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("weijian.archive_commands.getpass", lambda _: PASSWORD)
        made = weijian(*new, server.url(name, GUARDED))
        assert (made.code, made.err) == (0, "")
        assert weijian("verify", "--workspace", tmp_path / "w").code == 0


def test_without_a_key_store_the_password_is_for_now(
    weijian: CommandLine, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSWORD", "so that it is put back")
    monkeypatch.delenv("PGPASSWORD")
    with server.database() as name:
        server.execute(f'GRANT CREATE ON DATABASE "{name}" TO {GUARDED}')
        new = ("new", tmp_path / "w", "--crs", "EPSG:4549", "--name", "x", "--database")
        made = weijian(*new, server.url(name, GUARDED, PASSWORD))
        assert made.code == 0
        assert "PGPASSWORD" in made.err
        monkeypatch.delenv("PGPASSWORD")
        refused = weijian("verify", "--workspace", tmp_path / "w")
        assert refused.code == 2
        assert one_line(refused.err)


def test_copy_backup_and_restore(weijian: CommandLine, village: Path, tmp_path: Path, store: StoreAtHand) -> None:
    copied = weijian("copy", village, tmp_path / "copy")
    assert copied.code == 0, copied.err
    assert "audit_entries\t" in copied.out
    made = weijian("backup", "--workspace", village, "--out", tmp_path / "backup")
    assert made.code == 0, made.err
    assert weijian("restore", tmp_path / "backup", tmp_path / "restored").code == 0
    for folder in ("copy", "restored"):
        assert weijian("verify", "--workspace", tmp_path / folder).code == 0
        assert describe_workspace(tmp_path / folder).name == "石桥村"
    assert weijian("backup", "--workspace", village).code == 0
    assert len(list((village / "backups").iterdir())) == 1
    again = weijian("copy", village, tmp_path / "copy")
    assert again.code == 2
    assert again.err.strip().splitlines()[-1].startswith(str(tmp_path / "copy"))
    now = weijian("migrate", "--workspace", village)
    assert now.code == 0
    assert "最新" in now.out


@on_a_file
def test_an_archive_moves_to_the_server(
    weijian: CommandLine, village: Path, tmp_path: Path, store: StoreAtHand
) -> None:
    from dataclasses import replace

    options = replace(store, kind="server").options()
    assert weijian("copy", village, tmp_path / "bureau", *options).code == 0
    assert (tmp_path / "bureau" / "archive.toml").is_file()
    assert weijian("verify", "--workspace", tmp_path / "bureau").code == 0
    refused = weijian("copy", village, tmp_path / "again", *options)
    assert refused.code == 2
    assert "weijian connect" in refused.err
