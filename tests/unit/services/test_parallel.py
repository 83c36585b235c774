import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from weijian.services.parallel import in_order


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    def work(item: int) -> int:
        time.sleep(0.002 * (item % 3 == 0))
        return item * item

    assert list(in_order(work, range(30), workers)) == [item * item for item in range(30)]


def test_nothing_to_do_gives_nothing() -> None:
    assert list(in_order(str, [], 2)) == []


def test_few_items_are_in_flight() -> None:
    drawn = []

    def items() -> Iterator[int]:
        for item in range(100):
            drawn.append(item)
            yield item

    with closing(in_order(str, items(), 2)) as results:
        for taken, _ in enumerate(results, start=1):
            assert len(drawn) - taken <= 4
            if taken == 20:
                break
    assert len(drawn) <= 24


def test_closing_cancels_what_has_not_begun() -> None:
    begun, go_on = [], threading.Event()

    def work(item: int) -> int:
        begun.append(item)
        if item:
            go_on.wait(10)
        return item

    results = in_order(work, range(50), 1)
    assert next(results) == 0
    threading.Timer(0.1, go_on.set).start()
    results.close()
    assert begun in ([0], [0, 1])


def test_an_error_comes_at_its_turn_and_stops_the_rest() -> None:
    done = []

    def work(item: int) -> int:
        if item == 3:
            raise ValueError("three")
        done.append(item)
        return item

    results = in_order(work, range(1000), 2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)
    assert len(done) < 12
    assert list(results) == []


def test_an_error_of_the_items_is_told() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("cut off")

    with pytest.raises(OSError, match="cut off"):
        list(in_order(str, items(), 1))


def test_no_thread_stays() -> None:
    before = threading.active_count()
    with closing(in_order(str, range(100), 3)) as results:
        next(results)
    assert threading.active_count() <= before
