from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.storage.server_address import ServerAddress, login_from, read_pointer, write_pointer
from weijian.storage.server_errors import AddressUnusable


@pytest.mark.parametrize(
    ("url", "address", "password"),
    [
        ("postgresql://王@db.local/archive", ServerAddress("db.local", "archive", "王"), None),
        ("postgres://u:p@10.0.0.1:5433/a", ServerAddress("10.0.0.1", "a", "u", 5433), "p"),
        ("postgresql://u:p%40%2F%3A@[::1]:1/a%20b", ServerAddress("::1", "a b", "u", 1), "p@/:"),
        ("postgresql://u@%2Frun%2Fpostgresql/a", ServerAddress("/run/postgresql", "a", "u"), None),
    ],
)
def test_addresses(url: str, address: ServerAddress, password: str | None) -> None:
    login = login_from(url)
    assert (login.address, login.password) == (address, password)
    assert login_from(str(address).split()[0]).address == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "archive",
        "mysql://u@h/d",
        "postgresql://h/d",
        "postgresql://u@h",
        "postgresql://u@h/",
        "postgresql://u@/d",
        "postgresql://u:geheim@h:x/d",
        "postgresql://u:geheim@h:70000/d",
        "postgresql://u@h/d/e",
        "postgresql://u@h/d?sslmode=disable",
        "postgresql://" + "u" * 64 + "@h/d",
        "postgresql://u@[h/d",
    ],
)
def test_what_is_no_address_is_refused_without_showing_a_password(url: str) -> None:
    with pytest.raises(AddressUnusable) as caught:
        login_from(url)
    assert "geheim" not in caught.value.sentence("zh")


@pytest.mark.parametrize("schema", ["", " ", "pg_own", "长" * 22])
def test_a_schema_that_no_server_takes(schema: str) -> None:
    with pytest.raises(AddressUnusable):
        login_from("postgresql://u@h/d", schema)


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=15).filter(str.strip)


@given(host=NAMES, database=NAMES, user=NAMES, port=st.integers(1, 65535), schema=NAMES, evidence=st.none() | NAMES)
def test_a_pointer_says_what_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    host: str,
    database: str,
    user: str,
    port: int,
    schema: str,
    evidence: str | None,
) -> None:
    path = tmp_path_factory.mktemp("pointer") / "archive.toml"
    address = ServerAddress(host, database, user, port, f"s{schema}", None if evidence is None else Path(evidence))
    write_pointer(path, address)
    assert read_pointer(path) == address
