"""The stopwatch: what counts as time spent. The clock is moved by hand."""

from __future__ import annotations

from rubricator_gui.panels import when
from rubricator_gui.timekeeper import Stopwatch


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_nothing_counts_before_the_first_use() -> None:
    clock = Clock()
    watch = Stopwatch(clock)
    clock.now += 50
    assert watch.take() == 0


def test_uses_less_than_a_minute_apart_count_whole() -> None:
    clock = Clock()
    watch = Stopwatch(clock)
    for _use in range(4):
        watch.touch()
        clock.now += 30
    assert watch.take() == 120
    assert watch.take() == 0


def test_what_is_idle_is_cut_off() -> None:
    clock = Clock()
    watch = Stopwatch(clock)
    watch.touch()
    clock.now += 10_000
    watch.touch()
    clock.now += 5
    assert watch.take() == 65
    clock.now += 40
    assert watch.take() == 40, "the next article begins where the last one was left"
    clock.now += 40
    assert watch.take() == 15


def test_a_pause_ends_at_the_next_use() -> None:
    clock = Clock()
    watch = Stopwatch(clock)
    watch.touch()
    clock.now += 10
    watch.pause()
    clock.now += 20
    watch.touch()
    clock.now += 1
    assert watch.take() == 11


def test_time_is_said_in_minutes() -> None:
    said = {seconds: when.spent(seconds) for seconds in (0, 5, 65, 240, 3600, 3900)}
    assert said == {
        0: "",
        5: "less than a minute",
        65: "1 min",
        240: "4 min",
        3600: "1 h 0 min",
        3900: "1 h 5 min",
    }
