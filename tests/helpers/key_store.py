"""A key store of the operating system that is a dictionary, for tests."""

import keyring.backend
import keyring.errors


class MemoryKeyStore(keyring.backend.KeyringBackend):
    """Keeps secrets as long as the test runs."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError
