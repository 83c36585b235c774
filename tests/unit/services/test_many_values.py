import gc
from contextlib import suppress

from weijian.services.many_values import uncollected


def test_the_collector_is_as_it_was_afterwards() -> None:
    assert gc.isenabled()
    with suppress(KeyError), uncollected():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
