"""One measured figure: ours against a floor, and what was aimed at."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`ratio` is ours to the floor's. `target` reads `<= 1.5`, `>= 0.8`; `note` says what the floor is."""

    name: str
    ours: str
    floor: str
    ratio: float
    target: str
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        sign, limit = self.target.split()
        return self.ratio <= float(limit) if sign == "<=" else self.ratio >= float(limit)


def environment() -> dict[str, str]:
    """For processes that are measured: offscreen unless a screen is asked for, byte code kept as on any PC."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept}


def seconds(job: Callable[[], object]) -> float:
    """How long a job takes once."""
    gc.collect()
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def median_of_pairs(
    ours: Callable[[], float], floor: Callable[[], float], *, runs: int
) -> tuple[float, float, float]:
    """Run both in turn; the medians of ours and the floor, and the median of the ratios pair by pair.

    In turn, so that a machine that slows down half way slows both.
    """
    pairs = [(ours(), floor()) for _ in range(runs)]
    ratios = statistics.median(one / other for one, other in pairs)
    return statistics.median(one for one, _ in pairs), statistics.median(other for _, other in pairs), ratios
