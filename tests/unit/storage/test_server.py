"""An archive on a server: what only a server can do to us, and what only it gives."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pyproj
import pytest
import shapely
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, text

from helpers.server import GUARDED, PASSWORD, Server
from helpers.stores import StoreAtHand, on_the_server
from unit.storage.made import building, case, square
from weijian.domain.building import Building
from weijian.domain.errors import (
    FileUnreadable,
    InputError,
    NewerVersion,
    TargetExists,
    WorkspaceBusy,
)
from weijian.domain.household import Household
from weijian.domain.job import finish
from weijian.storage import chain_seen, schema, server_engine
from weijian.storage.passwords import keep_password
from weijian.storage.server_address import POINTER, Login, login_from, read_pointer, write_pointer
from weijian.storage.server_errors import (
    ArchiveMissing,
    ArchiveOlder,
    ArchiveThere,
    ConnectionLost,
    DatabaseMissing,
    NoRights,
    PasswordRefused,
    PostgisMissing,
    ServerRefuses,
    ServerUnreachable,
)
from weijian.storage.tables import metadata
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.verify import verify
from weijian.storage.workspace import (
    Workspace,
    connect_workspace,
    create_workspace,
    migrate_workspace,
    open_workspace,
)

pytestmark = on_the_server
GAUSS = pyproj.CRS.from_epsg(4549)


def everything_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def schemas(server: Server, database: str) -> set[object]:
    return {row[0] for row in server.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'", database)}


@pytest.fixture
def guarded(server: Server) -> Iterator[str]:
    """A database of the user who needs a password."""
    with server.database() as name:
        server.execute(f'GRANT CREATE ON DATABASE "{name}" TO {GUARDED}')
        yield name


def test_the_folder_points_to_the_tables_and_holds_no_password(
    tmp_path: Path, server: Server, guarded: str, key_store: object
) -> None:
    login = login_from(server.url(guarded, GUARDED, PASSWORD), "档案")
    assert login.password == PASSWORD
    with create_workspace(tmp_path / "w", name="石桥村", crs=GAUSS, login=login) as workspace:
        assert finish(verify(workspace)) == []
    assert everything_below(tmp_path / "w") == [
        POINTER,
        chain_seen.NAME,
        "backups",
        "cache",
        "evidence",
        "surveys",
    ]
    assert PASSWORD not in (tmp_path / "w" / POINTER).read_text(encoding="utf-8")
    assert "档案" in schemas(server, guarded)
    with pytest.raises(PasswordRefused) as caught:
        open_workspace(tmp_path / "w")
    assert PASSWORD not in caught.value.sentence("zh") + repr(login)
    assert keep_password(login.address, PASSWORD)
    with open_workspace(tmp_path / "w") as workspace, workspace.read() as work:
        assert work.settings.get("name") == "石桥村"


def test_a_password_may_come_from_the_surroundings(
    tmp_path: Path, server: Server, guarded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    login = login_from(server.url(guarded, GUARDED))
    create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=login).close()
    monkeypatch.delenv("PGPASSWORD")
    passwords = tmp_path / "pgpass"
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    passwords.write_text(f"127.0.0.1:*:*:{GUARDED}:{escaped}\n", encoding="utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    open_workspace(tmp_path / "w").close()
    monkeypatch.setenv("PGPASSWORD", "wrong")
    with pytest.raises(PasswordRefused):
        open_workspace(tmp_path / "w")


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
def test_the_revisions_make_the_tables_of_the_code(workspace: Workspace) -> None:
    with workspace.reader.connect() as connection:
        ours = {"include_object": lambda thing, name, kind, *_: not str(name).startswith(("gist_", "trgm_"))}
        context = MigrationContext.configure(connection, opts=ours | {"compare_type": False})
        found = compare_metadata(context, metadata)
        assert [each for each in found if "spatial_ref_sys" not in str(each)] == []


def test_columns_are_as_a_server_wants_them(workspace: Workspace) -> None:
    with workspace.reader.connect() as connection:
        srids = "SELECT f_table_name, srid, type FROM geometry_columns WHERE f_table_schema = current_schema()"
        layers = [table.name for table in metadata.sorted_tables if "geometry" in table.c]
        assert {tuple(row) for row in connection.execute(text(srids))} == {(n, 4549, "MULTIPOLYGON") for n in layers}
        collations = (
            "SELECT DISTINCT collation_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND data_type = 'text' AND table_name <> 'alembic_version'"
        )
        assert connection.execute(text(collations)).scalars().all() == ["C"]
    with workspace.writer.begin() as connection:
        connection.execute(
            text("INSERT INTO evidence (sha256, kind, suffix, size_bytes) VALUES ('a', 'photo', '', 5e9)")
        )


@contextmanager
def explained(engine: Engine) -> Iterator[list[str]]:
    """The plans of what is asked in the block."""
    plans: list[str] = []

    def explain(_: object, cursor: psycopg.Cursor[object], statement: str, parameters: object, *__: object) -> None:
        if statement.startswith("SELECT"):
            with closing(cursor.connection.cursor()) as other:
                other.execute(f"EXPLAIN {statement}", parameters)  # type: ignore[call-overload]
                plans.append("\n".join(str(row[0]) for row in other))

    event.listen(engine, "before_cursor_execute", explain)
    yield plans
    event.remove(engine, "before_cursor_execute", explain)


MANY = 20_000
"""Rows enough that a look at each costs the planner more than an index."""


@pytest.fixture(scope="module")
def populous(
    ask_for_server: Callable[[], Server], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], AbstractContextManager[tuple[UnitOfWork, list[str]]]]]:
    """An archive of many households with a building each; the answer opens it, and notes the plans of what is asked."""
    server = ask_for_server()
    with server.database() as name, ExitStack() as resources:
        login = login_from(server.url(name))
        folder = tmp_path_factory.mktemp("populous") / "w"
        workspace = resources.enter_context(create_workspace(folder, name="x", crs=GAUSS, login=login))
        names = [
            f"{a}{b}{c}" for a in "赵钱孙李周吴郑王冯陈" for b in "伟芳娜秀英敏静丽强磊" for c in "军洋勇艳杰娟涛明超兰"
        ]
        with workspace.transaction("王", "import") as work:
            work.households.upsert_many(
                Household(f"3301{n:08d}", names[n * 7 % len(names)], f"{n}号", f"第{n % 97}村", "临浦镇")
                for n in range(MANY)
            )
            work.buildings.upsert_many(
                building(n, building_no=f"B{n:08d}F1", household_no=f"3301{n:08d}", geometry=square(n % 200, n // 200))
                for n in range(MANY)
            )
        server.execute("VACUUM ANALYZE", name)  # as the server does by itself, but for that of the tests

        @contextmanager
        def asking() -> Iterator[tuple[UnitOfWork, list[str]]]:
            with workspace.read() as work, explained(workspace.reader) as plans:
                yield work, plans

        yield asking


Asking = Callable[[], AbstractContextManager[tuple[UnitOfWork, list[str]]]]


def test_places_are_found_through_the_servers_index(populous: Asking) -> None:
    with populous() as (work, plans):
        found = work.buildings.within(square(3, 5).buffer(1).bounds)
    assert [b.building_no for b in found] == ["B00001003F1"]
    assert "gist_buildings" in plans[-1], plans


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("赵伟军", "ix_household_search_holder"),
        ("zwj", "ix_household_search_initials"),
        ("zhaoweijun", "ix_household_search_pinyin"),
        ("第38村 1008号", "trgm_household_search_text"),
        ("38村1008号", "trgm_household_search_text"),
        ("330100001234", "uq_household_search_household_no"),
        ("33010000123", "uq_household_search_household_no"),
        ("B00001234F1", "uq_buildings_building_no"),
        ("1234F1", "trgm_buildings_building_no"),
    ],
)
def test_words_are_found_through_the_servers_indexes(populous: Asking, typed: str, index: str) -> None:
    with populous() as (work, plans):
        found = work.households.search(typed.split(), 5)
    assert found
    assert any(index in plan for plan in plans), plans
    looked_at_all = [plan for plan in plans if re.search(r"Seq Scan on (household_search|buildings|households)", plan)]
    assert looked_at_all == []


def test_two_write_one_after_the_other_and_are_told_when_it_takes_too_long(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_engine, "BUSY_SECONDS", 0.2)
    with open_workspace(workspace.folder) as other:
        with workspace.transaction("王", "open-case") as mine:
            mine.cases.add(case(1))
            with other.read() as theirs:
                assert theirs.cases.all() == []
            with pytest.raises(WorkspaceBusy), other.transaction("李", "open-case"):
                pass
        with other.transaction("李", "open-case") as theirs:
            assert theirs.cases.all() == [case(1)]
            theirs.cases.add(case(2))
    assert finish(verify(workspace)) == []


def test_a_look_sees_one_moment(workspace: Workspace) -> None:
    with workspace.read() as work:
        assert work.cases.all() == []
        with workspace.transaction("王", "open-case") as other:
            other.cases.add(case())
        assert work.cases.all() == []
    with workspace.read() as work:
        assert work.cases.all() == [case()]


def cut_connections(server: Server) -> None:
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'weijian'")


def add_two_while_the_cable_is_pulled(work: UnitOfWork, server: Server) -> None:
    work.cases.add(case(1))
    cut_connections(server)
    work.cases.add(case(2))


def test_a_connection_lost_in_the_middle_leaves_nothing_half_done(workspace: Workspace, server: Server) -> None:
    with pytest.raises(ConnectionLost) as caught, workspace.transaction("王", "open-case") as work:
        add_two_while_the_cable_is_pulled(work, server)
    assert "没有保存" in caught.value.sentence("zh")
    with workspace.transaction("王", "open-case") as work:
        assert work.cases.all() == []
        work.cases.add(case(3))
    cut_connections(server)
    with workspace.read() as work:
        assert work.cases.all() == [case(3)]
    assert finish(verify(workspace)) == []


def test_a_connection_lost_while_rows_are_streamed_leaves_none_of_them(workspace: Workspace, server: Server) -> None:
    def cut_after(some: int) -> Iterator[Building]:
        for number in range(2 * some):
            if number == some:
                cut_connections(server)
            yield building(number)

    with pytest.raises(ConnectionLost), workspace.transaction("王", "import") as work:
        work.buildings.upsert_many(cut_after(1000))
    with workspace.transaction("王", "import") as work:
        assert work.buildings.all() == []
        assert work.buildings.upsert_many(building(n) for n in range(3)).added == 3
    assert finish(verify(workspace)) == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"port": 1}, ServerUnreachable),
        ({"host": "no.such.host.invalid"}, ServerUnreachable),
        ({"database": "没有"}, DatabaseMissing),
        ({"schema": "nothing_here"}, ArchiveMissing),
        ({"schema": "public"}, ArchiveMissing),
        ({"user": "nobody"}, ServerUnreachable),
        ({"user": GUARDED}, PasswordRefused),
    ],
)
def test_what_keeps_us_from_an_archive_is_one_sentence(
    tmp_path: Path, workspace: Workspace, change: dict[str, object], error: type[InputError]
) -> None:
    address = read_pointer(workspace.database)
    write_pointer(workspace.database, replace(address, **change))  # type: ignore[arg-type]
    with pytest.raises(error) as caught:
        open_workspace(workspace.folder)
    for language in ("zh", "en"):
        assert "\n" not in caught.value.sentence(language)  # type: ignore[arg-type]
    with pytest.raises(error):
        connect_workspace(tmp_path / "another", Login(replace(address, **change)))  # type: ignore[arg-type]
    assert not (tmp_path / "another").exists()


def test_a_wrong_password(tmp_path: Path, server: Server, guarded: str) -> None:
    with pytest.raises(PasswordRefused):
        create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=login_from(server.url(guarded, GUARDED, "falsch")))
    assert everything_below(tmp_path) == []


def test_a_user_who_may_not_make_a_schema(tmp_path: Path, server: Server) -> None:
    login = login_from(server.url(server.shared, GUARDED, PASSWORD))
    with pytest.raises(NoRights):
        create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=login)
    assert everything_below(tmp_path) == []


def test_a_user_who_may_only_read(workspace: Workspace, server: Server, tmp_path: Path) -> None:
    address = read_pointer(workspace.database)
    server.execute(f"GRANT USAGE ON SCHEMA {address.schema} TO {GUARDED}", server.shared)
    server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {address.schema} TO {GUARDED}", server.shared)
    with connect_workspace(tmp_path / "reader", Login(replace(address, user=GUARDED), PASSWORD)) as guest:
        with guest.read() as work:
            assert work.cases.all() == []
        with pytest.raises(NoRights), guest.transaction("甲", "open-case") as work:
            work.cases.add(case())
    assert finish(verify(workspace)) == []


def test_a_database_without_postgis(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with server.database("template0") as plain:
        server.execute(f'GRANT CREATE ON DATABASE "{plain}" TO {GUARDED}')
        login = login_from(server.url(plain, GUARDED, PASSWORD))
        with pytest.raises(PostgisMissing) as caught:
            create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=login)
        assert "CREATE EXTENSION postgis" in caught.value.sentence("zh")
        assert everything_below(tmp_path) == []
        assert schemas(server, plain) == {"information_schema", "public"}
        create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=login_from(server.url(plain))).close()
        with open_workspace(tmp_path / "w") as workspace:
            assert finish(verify(workspace)) == []


def test_extensions_may_be_anywhere_and_trigrams_may_be_missing(tmp_path: Path, server: Server) -> None:
    with server.database("template0") as name:
        server.execute("CREATE SCHEMA 扩展", name)
        server.execute("CREATE EXTENSION postgis SCHEMA 扩展", name)
        server.execute(f'GRANT USAGE ON SCHEMA 扩展 TO {GUARDED}; GRANT CREATE ON DATABASE "{name}" TO {GUARDED}', name)
        server.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC", name)
        login = login_from(server.url(name, GUARDED, PASSWORD))
        with create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=login) as workspace:
            with workspace.transaction("王", "import") as work:
                work.buildings.upsert_many([building(1)])
                assert work.buildings.within(square(1).bounds) == [building(1)]
            assert finish(verify(workspace)) == []


def test_what_is_there_is_not_overwritten(workspace: Workspace, tmp_path: Path, server: Server) -> None:
    with workspace.transaction("王", "open-case") as work:
        work.cases.add(case())
    login = Login(read_pointer(workspace.database))
    with pytest.raises(ArchiveThere):
        create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=login)
    with pytest.raises(ArchiveThere):
        create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=Login(replace(login.address, schema="public")))
    with pytest.raises(TargetExists):
        create_workspace(workspace.folder, name="x", crs=GAUSS, login=login)
    assert not (tmp_path / "w").exists()
    with workspace.read() as work:
        assert work.cases.all() == [case()]


def test_a_schema_made_by_an_administrator_will_do(tmp_path: Path, server: Server, store: StoreAtHand) -> None:
    login = store.login()
    assert login is not None
    server.execute(f"CREATE SCHEMA {login.address.schema} AUTHORIZATION {GUARDED}", server.shared)
    own = Login(replace(login.address, user=GUARDED), PASSWORD)
    with create_workspace(tmp_path / "w", name="x", crs=GAUSS, login=own) as workspace:
        assert finish(verify(workspace)) == []


def test_a_second_officer_joins(workspace: Workspace, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"one")
    share = tmp_path / "share"
    share.mkdir()
    with workspace.transaction("王", "settings") as work:
        work.settings.set("evidence_folder", str(share))
    login = Login(read_pointer(workspace.database))
    with connect_workspace(tmp_path / "二", login) as second, open_workspace(workspace.folder) as first:
        kept = second.evidence_store.put(photo)
        assert first.evidence_store.path(kept).read_bytes() == b"one"
        assert first.evidence_store.path(kept).is_relative_to(share)
        with second.transaction("李", "open-case") as work:
            work.cases.add(case())
        with first.read() as work:
            assert work.cases.all() == [case()]
    with pytest.raises(TargetExists):
        connect_workspace(tmp_path / "二", login)
    elsewhere = Login(replace(login.address, evidence=tmp_path / "mapped"))
    with connect_workspace(tmp_path / "三", elsewhere) as third:
        shutil.copytree(share, tmp_path / "mapped")
        assert third.evidence_store.is_intact(kept)


def test_a_newer_archive_is_refused(workspace: Workspace) -> None:
    with workspace.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(NewerVersion, match="0999"):
        open_workspace(workspace.folder)


SECOND = '''"""A second revision, for the test."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{last}"


def upgrade() -> None:
    op.create_table("notes", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.Text()))
    op.add_column("cases", sa.Column("urgency", sa.Integer()))
'''


@pytest.fixture
def newer_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    scripts = tmp_path / "scripts"
    shutil.copytree(schema.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    source = SECOND.format(last=schema.revisions()[-1])
    monkeypatch.setattr(schema, "SCRIPTS", scripts)
    return scripts / "versions" / "r9999_second.py", source


@pytest.fixture
def old(workspace: Workspace, newer_script: tuple[Path, str]) -> Workspace:
    """An archive with a case and a building, of a program before this one."""
    with workspace.transaction("王", "open-case") as work:
        work.cases.add(case())
        work.buildings.upsert_many([building(1)])
    path, source = newer_script
    path.write_text(source, encoding="utf-8")
    return workspace


def test_an_old_archive_is_not_brought_forward_by_whoever_opens_it(old: Workspace, tmp_path: Path) -> None:
    for opening in (
        lambda: open_workspace(old.folder),
        lambda: connect_workspace(tmp_path / "二", Login(read_pointer(old.database))),
    ):
        with pytest.raises(ArchiveOlder) as caught:
            opening()
        assert "weijian migrate" in caught.value.sentence("zh")
    assert finish(migrate_workspace(tmp_path / "二")).now == "9999"
    open_workspace(old.folder).close()


def test_an_old_archive_is_brought_forward_after_a_backup(
    old: Workspace, newer_script: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema.revisions()[-2]
    done = finish(migrate_workspace(old.folder))
    assert (done.before, done.now) == (before, "9999")
    with open_workspace(old.folder) as again:
        with again.reader.connect() as connection:
            assert schema.revision_of(connection, again.store.schema) == "9999"
            assert connection.scalar(text("SELECT count(*) FROM cases WHERE urgency IS NULL")) == 1
        assert finish(verify(again)) == []
    assert finish(migrate_workspace(old.folder)).backup is None
    newer_script[0].unlink()
    assert done.backup is not None
    assert done.backup.parent == old.folder / "backups"
    with open_workspace(done.backup) as kept, kept.reader.connect() as connection, kept.read() as work:
        assert schema.revision_of(connection) == before
        assert work.cases.all() == [case()]
        assert work.buildings.all() == [building(1)]
        assert [problem.subject for problem in finish(verify(kept))] == []


def test_of_many_who_bring_an_archive_forward_one_does(old: Workspace, tmp_path: Path) -> None:
    address = read_pointer(old.database)
    folders = [tmp_path / name for name in "一二三"]
    for folder in folders:
        folder.mkdir()
        write_pointer(folder / POINTER, address)
    with ThreadPoolExecutor(3) as crew:
        done = list(crew.map(lambda folder: finish(migrate_workspace(folder)), folders))
    assert [migrated.backup is None for migrated in done].count(False) == 1
    assert {migrated.now for migrated in done} == {"9999"}
    with open_workspace(old.folder) as again:
        assert finish(verify(again)) == []


def test_a_migration_that_fails_half_way_changes_nothing(old: Workspace, newer_script: tuple[Path, str]) -> None:
    path, source = newer_script
    path.write_text(source + "    raise ZeroDivisionError\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        finish(migrate_workspace(old.folder))
    path.unlink()
    with open_workspace(old.folder) as again, again.reader.connect() as connection:
        assert schema.revision_of(connection, again.store.schema) == schema.revisions()[-1]
        assert connection.scalar(text("SELECT to_regclass('notes')")) is None


def test_what_a_server_cannot_keep_is_one_sentence(workspace: Workspace) -> None:
    with pytest.raises(ServerRefuses), workspace.transaction("王", "import") as work:
        work.households.upsert_many([Household("H1", "零\0字")])
    with pytest.raises(ServerRefuses), workspace.transaction("王", "import") as work:
        work.households.upsert_many([Household("".join(uuid4().hex for _ in range(400)))])
    with workspace.read() as work:
        assert work.households.all() == []


def test_a_footprint_with_two_parts_and_a_system_without_number(tmp_path: Path, store: StoreAtHand) -> None:
    crs = pyproj.CRS.from_user_input("+proj=tmerc +lon_0=120.5 +x_0=500000 +ellps=GRS80 +units=m")
    parts = shapely.MultiPolygon([square(6), square(8)])
    with create_workspace(tmp_path / "w", name="x", crs=crs, login=store.login()) as workspace:
        with workspace.transaction("王", "import") as work:
            work.buildings.upsert_many([building(1, geometry=parts)])
        with workspace.read() as work:
            assert work.buildings.within(square(8).bounds) == [building(1, geometry=parts)]
        assert workspace.crs.to_epsg() is None
    with open_workspace(tmp_path / "w") as again:
        assert finish(verify(again)) == []


def test_many_officers_take_numbers(workspace: Workspace) -> None:
    def work_for_a_while(officer: str) -> None:
        with open_workspace(workspace.folder) as own:
            for _ in range(5):
                with own.transaction(officer, "open-case") as work:
                    work.cases.add(case(work.numbers.next_number("case", 2026)))

    threads = [threading.Thread(target=work_for_a_while, args=(name,)) for name in "王李张赵"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with workspace.read() as work:
        assert [c.case_no for c in work.cases.all()] == [f"AJ2026-{n:04d}" for n in range(1, 21)]
    assert finish(verify(workspace)) == []


@pytest.mark.parametrize(
    "said", ["", "host = 1", 'host = "h"', "not toml at all [", 'host="h"\nother="x"', "port = 'x'"]
)
def test_a_damaged_pointer(workspace: Workspace, said: str) -> None:
    workspace.database.write_text(said, encoding="utf-8")
    with pytest.raises(FileUnreadable):
        open_workspace(workspace.folder)
