"""Timing things side by side, so that the machine's speed and its moods cancel out."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping

# Sets the scene, untimed, and returns the act that is timed.
Prepare = Callable[[], Callable[[], object]]


def always(act: Callable[[], object]) -> Prepare:
    """An act that needs no scene."""
    return lambda: act


def medians(sides: Mapping[str, Prepare], *, rounds: int, warm: int = 3) -> dict[str, float]:
    """The median of each side in seconds. Every round times every side once, in turns forth and back: ABBA."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(-warm, rounds):
        names = list(sides)
        for name in reversed(names) if number % 2 else names:
            act = sides[name]()
            gc.collect(0)
            started = time.perf_counter()
            act()
            if number >= 0:
                times[name].append(time.perf_counter() - started)
    return {name: statistics.median(taken) for name, taken in times.items()}


def tell(what: str, took: Mapping[str, float], side: str, against: str) -> None:
    """One line: both figures and their ratio."""
    print(
        f"{what}: {side} {_words(took[side])}, {against} {_words(took[against])}, ratio {took[side] / took[against]:.2f}",
        flush=True,
    )


def _words(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"
