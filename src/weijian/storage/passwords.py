"""Passwords of database servers: in the system's key store, never in a file of ours.

``PGPASSWORD`` and libpq's own ``pgpass`` file serve those who have none, such as a machine that runs commands at night.
"""

import os

from weijian.storage.key_places import OsKeyStore
from weijian.storage.server_address import ServerAddress


def password_for(address: ServerAddress) -> str | None:
    """The password kept for an address; None leaves it to libpq, which knows ``PGPASSWORD`` and ``pgpass``."""
    return None if "PGPASSWORD" in os.environ else OsKeyStore().get(_name(address))


def keep_password(address: ServerAddress, password: str) -> bool:
    """Keep a password in the key store.

    Where the system has none, this process and those it starts know it until they end; the answer is false then.
    """
    if OsKeyStore().put(_name(address), password):
        return True
    os.environ["PGPASSWORD"] = password
    return False


def _name(address: ServerAddress) -> str:
    return f"database {address.user}@{address.host}:{address.port}"
