import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from typing import TypeVar

import pytest

from weijian.domain.job import Job, Progress, finish
from weijian.domain.parallel import Threads, aside, in_order

T = TypeVar("T")
U = TypeVar("U")


def results_of(work: Callable[[T], U], items: Iterable[T], workers: int) -> Generator[U, None, None]:
    """What the items gave, without the signs of life between."""
    with Threads(workers) as crew, closing(in_order(work, items, crew)) as steps:
        for step in steps:
            if step is not None:
                yield step[1]


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    def work(item: int) -> int:
        time.sleep(0.002 * (item % 3 == 0))
        return item * item

    assert list(results_of(work, range(30), workers)) == [item * item for item in range(30)]


def test_nothing_to_do_gives_nothing() -> None:
    assert list(results_of(str, [], 2)) == []


def test_few_items_are_in_flight() -> None:
    drawn = []

    def items() -> Iterator[int]:
        for item in range(100):
            drawn.append(item)
            yield item

    with closing(results_of(str, items(), 2)) as results:
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

    results = results_of(work, range(50), 1)
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

    results = results_of(work, range(1000), 2)
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
        list(results_of(str, items(), 1))


def test_no_thread_stays() -> None:
    before = threading.active_count()
    with closing(results_of(str, range(100), 3)) as results:
        next(results)
    assert threading.active_count() <= before


def test_while_an_item_takes_its_time_there_are_signs_of_life() -> None:
    go_on = threading.Event()
    with Threads(1) as crew, closing(in_order(lambda item: go_on.wait(10) and item, [7], crew)) as steps:
        assert [next(steps) for _ in range(3)] == [None] * 3
        go_on.set()
        assert [step for step in steps if step is not None] == [(7, 7)]


def test_results_may_be_none() -> None:
    with Threads(2) as crew:
        assert [step for step in in_order(lambda item: None, "ab", crew) if step] == [("a", None), ("b", None)]


def test_a_long_step_aside_shows_signs_of_life_and_answers() -> None:
    go_on = threading.Event()
    with Threads(1) as crew:
        job: Job[str] = aside("merge", lambda: go_on.wait(10) and "done", crew)
        assert [next(job) for _ in range(3)] == [Progress("merge", 0, 1)] * 3
        go_on.set()
        assert finish(job) == "done"


def test_an_error_of_a_step_aside_is_told() -> None:
    def broken() -> None:
        raise OSError("cut off")

    with Threads(1) as crew, pytest.raises(OSError, match="cut off"):
        finish(aside("merge", broken, crew))


def test_nobody_waits_for_work_that_is_given_up() -> None:
    go_on = threading.Event()
    with Threads(2) as crew:
        steps = in_order(lambda item: go_on.wait(60), range(50), crew)
        assert next(steps) is None
        steps.close()
        given_up = time.perf_counter()
    assert time.perf_counter() - given_up < 30
    go_on.set()
