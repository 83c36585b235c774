"""Where an account keeps the secret that opens a workspace's numbers.

The operating system's key store (Windows Credential Manager, macOS Keychain, Secret Service); where there is none, the
account's run-time folder, which is in memory, readable by the account alone and gone when it logs out.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

SERVICE = "weijian"
PASSPHRASE = "WEIJIAN_PASSPHRASE"  # noqa: S105 - the variable's name
"""Environment variable with the passphrase or the recovery key, for programs that run unattended."""


class KeyPlace(Protocol):
    """A place for secrets of this account, by name."""

    def get(self, name: str) -> str | None:
        """The secret of that name; None when there is none or the place is shut."""

    def put(self, name: str, secret: str) -> bool:
        """Keep a secret; False when the place refuses."""

    def remove(self, name: str) -> None:
        """Forget a secret."""


class OsKeyStore:
    """The operating system's key store."""

    def get(self, name: str) -> str | None:
        """See `KeyPlace`."""
        import keyring
        from keyring.errors import KeyringError

        with suppress(KeyringError):
            return keyring.get_password(SERVICE, name)
        return None

    def put(self, name: str, secret: str) -> bool:
        """See `KeyPlace`."""
        import keyring
        from keyring.errors import KeyringError

        with suppress(KeyringError):
            keyring.set_password(SERVICE, name, secret)
            return True
        return False

    def remove(self, name: str) -> None:
        """See `KeyPlace`."""
        import keyring
        from keyring.errors import KeyringError

        with suppress(KeyringError):
            keyring.delete_password(SERVICE, name)


class RuntimeFolder:
    """A folder of the account that lives in memory until it logs out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / SERVICE

    def get(self, name: str) -> str | None:
        """See `KeyPlace`."""
        with suppress(OSError):
            return (self._folder / name).read_text(encoding="ascii")
        return None

    def put(self, name: str, secret: str) -> bool:
        """See `KeyPlace`."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with os.fdopen(os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secret)
            return True
        return False

    def remove(self, name: str) -> None:
        """See `KeyPlace`."""
        with suppress(OSError):
            (self._folder / name).unlink()


def key_place(environment: Mapping[str, str] = os.environ) -> KeyPlace | None:
    """Where this account keeps secrets; None where it has no such place."""
    import keyring

    if keyring.get_keyring().priority > 0:
        return OsKeyStore()
    folder = environment.get("XDG_RUNTIME_DIR")
    return RuntimeFolder(Path(folder)) if folder and Path(folder).is_dir() else None
