"""One table for all figures."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A figure: what, ours and the floor in milliseconds (0: none), the goal in words, and whether it is met."""

    what: str
    ours: float
    floor: float
    goal: str
    met: bool


def median_ms(work: Callable[[], object], times: int = 5) -> float:
    """Return the median time of some work, in milliseconds."""
    return statistics.median(once_ms(work) for _ in range(times))


def once_ms(work: Callable[[], object]) -> float:
    """Return the time of some work, in milliseconds."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def p95(values: list[float]) -> float:
    """Return the value that 95 of 100 do not pass."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def against(what: str, ours: float, floor: float, most: float) -> Row:
    """Make the row of a ratio."""
    return Row(what, ours, floor, f"at most {most:g} x", ours <= most * floor)


def under(what: str, ours: float, most: float) -> Row:
    """Make the row of a time that has a bound of its own."""
    return Row(what, ours, 0, f"under {most:g} ms", ours < most)


def told(what: str, ours: float) -> Row:
    """Make the row of a time that has no goal, and says more about the row before it."""
    return Row(what, ours, 0, "", True)


def show(rows: Iterable[Row]) -> None:
    """Print the table as it comes."""
    print(f"{'':56} {'ours ms':>9} {'floor ms':>9} {'ratio':>6}  goal")
    for row in rows:
        ratio = f"{row.ours / row.floor:6.2f}" if row.floor else "     –"
        floor = f"{row.floor:9.2f}" if row.floor else "        –"
        outcome = ("met" if row.met else "MISSED") if row.goal else ""
        print(f"{row.what:56} {row.ours:9.2f} {floor} {ratio}  {row.goal:16} {outcome}", flush=True)
