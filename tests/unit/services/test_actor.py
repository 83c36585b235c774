import getpass

import pytest

from weijian.services.actor import current_actor


def test_the_account_is_the_actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "officer")
    assert current_actor() == "officer"


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_without_an_account_nobody_is_named(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def refuse() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", refuse)
    assert current_actor() == "unknown"
