"""Tests on both stores: whatever rests on the fixture ``store`` runs once with each, unless it asks for one of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest

from helpers.server import Server
from weijian.storage.server_address import POINTER, Login, login_from, read_pointer, write_pointer

GEOPACKAGE, SERVER = "geopackage", "server"

on_a_file, on_the_server = pytest.mark.stores(GEOPACKAGE), pytest.mark.stores(SERVER)
"""Marks of tests and modules about what only one of the stores is or does."""


def on_each_store(test: pytest.Metafunc) -> None:
    """Run a test once with each store, or the one it is marked for, when it or a fixture of it asks for ``store``."""
    if "store" in test.fixturenames:
        mark = test.definition.get_closest_marker("stores")
        test.parametrize("store", mark.args if mark else (GEOPACKAGE, SERVER), indirect=True)


@dataclass(frozen=True)
class StoreAtHand:
    """The store that a test runs on; databases it asks for are dropped when ``resources`` close."""

    kind: str
    ask_for_server: Callable[[], Server]
    resources: ExitStack

    @property
    def is_server(self) -> bool:
        return self.kind == SERVER

    def login(self) -> Login | None:
        """Where a new workspace's tables go, a schema of its own; None for the folder itself."""
        if not self.is_server:
            return None
        server, schema = self.ask_for_server(), f"s{uuid4().hex[:12]}"
        self.resources.callback(server.execute, f"DROP SCHEMA IF EXISTS {schema} CASCADE", server.shared)
        return login_from(server.url(server.shared), schema)

    def options(self) -> list[str]:
        """What ``weijian new`` is told."""
        login = self.login()
        return [] if login is None else ["--database", str(login.address).split()[0], "--schema", login.address.schema]

    def new_database(self) -> str:
        """Address of a database with PostGIS of its own."""
        server = self.ask_for_server()
        return server.url(self.resources.enter_context(server.database()))

    def copy(self, workspace: Path, target: Path) -> Path:
        """A workspace of its own, like one that nothing has open."""
        shutil.copytree(workspace, target)
        pointer = target / POINTER
        if pointer.exists():
            address = read_pointer(pointer)
            name = self.resources.enter_context(self.ask_for_server().database(address.database))
            write_pointer(pointer, replace(address, database=name))
        return target
