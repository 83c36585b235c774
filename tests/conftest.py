"""What every test relies on: no screen, the default language, the same examples every time."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

from helpers.server import REQUIRED, Server, ServerAbsent, running_server
from helpers.stores import StoreAtHand, on_each_store

# Before anything loads Qt. A developer who wants to see windows sets it to something else.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The developer's own language changes no sentence that a test expects.
for variable in ("WEIJIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(variable, None)
# No test touches the developer's own keys.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for variable in ("XDG_RUNTIME_DIR", "WEIJIAN_PASSPHRASE", "PGPASSWORD", "PGPASSFILE", "PGSERVICE"):
    os.environ.pop(variable, None)

os.environ["LC_CTYPE"] = "C.UTF-8"  # else Qt remarks on the locale it was left with

settings.register_profile("weijian", derandomize=True, deadline=None, database=None)
settings.load_profile("weijian")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_each_store(metafunc)


@pytest.fixture
def key_store() -> Iterator[object]:
    """A key store in place of the operating system's."""
    import keyring

    from helpers.key_store import MemoryKeyStore

    usual, store = keyring.get_keyring(), MemoryKeyStore()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(usual)


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: object) -> None:
    """The process has one Qt application, of the kind that also carries widgets, whichever test runs first."""


@pytest.fixture(scope="session")
def ask_for_server() -> Iterator[Callable[[], Server]]:
    """A PostgreSQL of the tests' own, started by the first who asks; skips where the machine has none."""
    with ExitStack() as resources:
        started: list[Server] = []

        def ask() -> Server:
            try:
                if not started:
                    started.append(resources.enter_context(running_server()))
            except ServerAbsent as absent:
                if os.environ.get(REQUIRED):
                    pytest.fail(f"{REQUIRED} is set, but: {absent}")
                pytest.skip(str(absent))
            return started[0]

        yield ask


@pytest.fixture
def server(ask_for_server: Callable[[], Server]) -> Server:
    """The PostgreSQL of the tests."""
    return ask_for_server()


@pytest.fixture
def store(request: pytest.FixtureRequest, ask_for_server: Callable[[], Server]) -> Iterator[StoreAtHand]:
    """The store that a test's workspaces are on; see `helpers.stores.on_each_store`."""
    with ExitStack() as resources:
        yield StoreAtHand(request.param, ask_for_server, resources)
