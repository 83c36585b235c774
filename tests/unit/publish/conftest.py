import pytest


@pytest.fixture(autouse=True, scope="session")
def one_application(qapp: object) -> object:
    """Painting takes the application that is there; window tests in the same run need theirs to be the first."""
    return qapp
