"""How quickly a household is found among very many, as somebody types.

    python benchmarks/archive_search.py [--count 200000] [--repeat 5] [--folder DIR] [--database [postgresql://...]]

Makes a workspace of made-up households (names, addresses and numbers drawn by chance; every tenth has a telephone of
its holder sealed), each with a building, then asks `weijian.services.dossier.search_households` what an officer types:
names, pinyin initials, whole pinyin, pieces of addresses, beginnings, ends and pieces of numbers, the end of a
telephone, two words, and words that nobody has. Prints the median, 95th percentile and maximum in milliseconds of the
whole call (opening the workspace, searching, the first 50 hits), the median of the processor's own time (on a busy
machine the clock tells of others), and how long it took to write the households.

With ``--database`` the archive is in a schema of that PostgreSQL, which is dropped in the end; without an address, on a
server that the benchmark starts for itself with PostgreSQL's own settings (every commit on the disk). The processor's
time there is that of this process, not of the server; the clock has both.

The key to the sealed numbers is in a key store made here, not in the account's own.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import keyring
import shapely
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from helpers.key_store import MemoryKeyStore
from helpers.server import running_server
from weijian.domain.building import Building
from weijian.domain.household import Household
from weijian.domain.person import HOLDER, Person
from weijian.services.archives import Login, login_at
from weijian.services.dossier import search_households
from weijian.services.personal_data import protect
from weijian.services.workspaces import new_workspace
from weijian.storage.server_store import ServerStore
from weijian.storage.workspace import Workspace, open_workspace

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻柏水窦章云苏潘葛"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂花梅香月红建国志文海波林峰玉珍金水根土法祥荣"
TOWNS = [f"{name}镇" for name in ("临浦", "瓜沥", "义蓬", "河上", "戴村", "楼塔", "浦阳", "进化", "所前", "益农")]
VILLAGES = [f"{a}{b}村" for a in "柳石桥东西南北上下前后新老大小双三五七龙凤" for b in "河桥塘湾墩林埠泉溪岭"]
PAGE = 50


def people(count: int) -> tuple[list[Household], list[Building], list[Person]]:
    """Households, a building each, and the telephone of every tenth holder."""
    chance = random.Random(7)  # noqa: S311 - made-up names
    households, buildings, persons = [], [], []
    for number in range(count):
        town, village = chance.randrange(len(TOWNS)), chance.randrange(len(VILLAGES))
        household_no = f"330109{town + 100:03d}{village:03d}{number:06d}"
        name = chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
        address = f"{chance.randrange(1, 400)}号"
        households.append(Household(household_no, name, address, VILLAGES[village], TOWNS[town]))
        east, north = 500_000.0 + number % 450 * 22, 3_340_000.0 + number // 450 * 22
        house = shapely.box(east, north, east + 11, north + 9)
        buildings.append(Building(f"{household_no}F0001", house, household_no))
        if number % 10 == 0:
            phone = f"13{chance.randrange(10**9):09d}"
            persons.append(Person(household_no, name, HOLDER, None, phone))
    return households, buildings, persons


def asked(households: list[Household], persons: list[Person]) -> dict[str, list[str]]:
    """What is typed, by its kind; taken from all over the archive."""
    some = households[:: max(1, len(households) // 20)][:20]
    from weijian.storage.name_sounds import initials_of, pinyin_of

    return {
        "surname": [each.holder[0] for each in some],
        "whole name": [each.holder for each in some],
        "initials": [initials_of(each.holder) for each in some],
        "two initials": [initials_of(each.holder)[:2] for each in some],
        "pinyin": [pinyin_of(each.holder) for each in some],
        "village": [each.village for each in some],
        "village, two letters": [each.village[:2] for each in some],
        "village and house": [f"{each.village}{each.address}" for each in some],
        "village, name": [f"{each.village} {each.holder}" for each in some],
        "town, initials": [f"{each.town} {initials_of(each.holder)}" for each in some],
        "whole number": [each.household_no for each in some],
        "beginning of number": [each.household_no[:9] for each in some],
        "end of number": [each.household_no[-6:] for each in some],
        "building": [f"{each.household_no}F0001" for each in some],
        "telephone tail": [each.phone[-4:] for each in persons[:: max(1, len(persons) // 20)][:20]],
        "whole telephone": [each.phone for each in persons[:: max(1, len(persons) // 20)][:20]],
        "nobody, one letter": ["龘"],
        "nobody, two letters": ["龘靐"],
        "nobody, name": ["欧阳不存在"],
        "nobody, number": ["987654321"],
        "nobody, letters": ["qqqqq"],
    }


def main() -> None:
    """Make the archive, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=5, help="times each word is asked")
    parser.add_argument("--folder", type=Path, help="where to keep the workspace; a temporary one otherwise")
    parser.add_argument("--database", nargs="?", const="", help="a PostgreSQL; one of its own without an address")
    options = parser.parse_args()
    keyring.set_keyring(MemoryKeyStore())
    with ExitStack() as resources:
        temporary = resources.enter_context(tempfile.TemporaryDirectory())
        login = None if options.database is None else resources.enter_context(archive_on(options.database))
        measure((options.folder or Path(temporary)) / "workspace", login, options)


@contextmanager
def archive_on(url: str) -> Iterator[Login]:
    """A place for an archive on a server."""
    with ExitStack() as resources:
        if not url:
            server = resources.enter_context(running_server(settings=()))
            url = server.url(server.shared)
        login = login_at(url, schema=f"benchmark_{uuid4().hex[:8]}")
        try:
            yield login
        finally:
            with ServerStore(Path(), login).writer.begin() as connection:
                connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{login.address.schema}" CASCADE')


def measure(folder: Path, login: Login | None, options: argparse.Namespace) -> None:
    """Write the households, ask."""
    households, buildings, persons = people(options.count)
    new_workspace(folder, name="检索", crs="EPSG:4549", login=login)
    protect(folder)
    with open_workspace(folder) as workspace:
        for name, values in (("households", households), ("buildings", buildings), ("persons", persons)):
            start, worked = time.perf_counter(), time.process_time()
            with workspace.transaction("benchmark", "import") as work:
                getattr(work, name).upsert_many(values)
            took, cpu = time.perf_counter() - start, time.process_time() - worked
            print(f"{len(values)} {name} written in {took:.1f} s ({cpu:.1f} s of the processor)")
    with open_workspace(folder) as workspace:
        print(f"{workspace.store.place}: {size_of(workspace) / 1e6:.0f} MB")
    print(f"load {os.getloadavg()[0]:.1f}\n\n{'typed':24}{'hits':>6}{'median':>9}{'p95':>9}{'max':>9}{'cpu':>9}  ms")
    search_households(folder, "先", PAGE)
    everything: list[float] = []
    for kind, words in asked(households, persons).items():
        times, worked, hits = [], [], 0
        for word in words * options.repeat:
            start, begun = time.perf_counter(), time.process_time()
            hits = max(hits, len(search_households(folder, word, PAGE)))
            times.append((time.perf_counter() - start) * 1000)
            worked.append((time.process_time() - begun) * 1000)
        everything += times
        print(f"{kind:24}{hits:6}{line(times)}{statistics.median(worked):9.1f}")
    print(f"{'all':24}{'':6}{line(everything)}\nload {os.getloadavg()[0]:.1f}")


def size_of(workspace: Workspace) -> int:
    """Bytes of the archive's tables with their indexes; a server has counted its rows by then, as it does by itself."""
    if workspace.store.schema is None:
        return sum(each.stat().st_size for each in workspace.folder.glob("workspace.gpkg*"))
    with workspace.writer.begin() as connection:
        connection.execute(text("ANALYZE"))
        counted = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = to_regnamespace(:schema)"
        named = f'"{workspace.store.schema}"'
        return int(connection.scalar(text(f"{counted} AND relkind = 'r'"), {"schema": named}) or 0)


def line(times: list[float]) -> str:
    """Median, 95th percentile, maximum."""
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"{statistics.median(ordered):9.1f}{late:9.1f}{ordered[-1]:9.1f}"


if __name__ == "__main__":
    main()
