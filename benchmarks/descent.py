"""Speed of a batch of gradient descent beside numpy, jax and torch on the same runs, in one run.

    python benchmarks/descent.py

Prints a Markdown table: millions of steps of a run a second (10^5 starts, 4 pathways of depth 3,
float64, 1000 steps), the median of several turns in which all take part one after another.  All
compile before they are timed; the results are compared.  jax and torch are left out where they are
not installed, and use as many threads as they like.
"""

import argparse
import importlib.util
import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from verifier.dynamics.batch import simulate

DEPTH, PATHS, TARGET = 3, 4, 1.0


def ours(threads: int, start: np.ndarray, eta: np.ndarray, steps: int) -> Callable[[], np.ndarray]:
    rows = np.ascontiguousarray(start.T)
    return lambda: simulate((DEPTH,) * PATHS, rows, TARGET, eta, steps, threads=threads).ends.T


def in_numpy(start: np.ndarray, eta: np.ndarray, steps: int) -> Callable[[], np.ndarray]:
    """Pathways are rows, and nothing is allocated within the loop."""

    def run() -> np.ndarray:
        w, square, pull = start.copy(), np.empty_like(start), np.empty_like(eta)
        cube = np.empty_like(eta)
        for _ in range(steps):
            np.multiply(w, w, out=square)
            pull.fill(TARGET)
            for h in range(PATHS):
                np.multiply(square[h], w[h], out=cube)
                np.subtract(pull, cube, out=pull)
            np.multiply(pull, eta, out=pull)
            np.multiply(square, pull, out=square)
            np.add(w, square, out=w)
        return w

    return run


def in_jax(start: np.ndarray, eta: np.ndarray, steps: int) -> Callable[[], np.ndarray]:
    import jax

    jax.config.update("jax_enable_x64", True)

    def step(_: int, rows: tuple[jax.Array, ...]) -> tuple[jax.Array, ...]:
        pull = eta * (TARGET - sum(w * w * w for w in rows))
        return tuple(w + pull * (w * w) for w in rows)

    run = jax.jit(lambda rows: jax.lax.fori_loop(0, steps, step, rows))
    return lambda: np.asarray(run(tuple(start)))


def in_torch(start: np.ndarray, eta: np.ndarray, steps: int) -> Callable[[], np.ndarray]:
    import torch

    @torch.jit.script
    def run(w: torch.Tensor, eta: torch.Tensor, target: float, steps: int) -> torch.Tensor:
        for _ in range(steps):
            square = w * w
            w = w + eta * (target - (square * w).sum(0)) * square
        return w

    first, step = torch.tensor(start), torch.tensor(eta)
    return lambda: run(first, step, TARGET, steps).numpy()


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=10**5)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    random = np.random.default_rng(0)
    start = random.uniform(0.05, 0.9, (PATHS, options.starts))
    setting = start, random.uniform(0.02, 0.6, options.starts), options.steps
    cores = os.cpu_count() or 1
    runs = {"verifier, one thread": ours(1, *setting)}
    if cores > 1:
        runs[f"verifier, {cores} threads"] = ours(cores, *setting)
    runs["numpy, one thread"] = in_numpy(*setting)
    for name, other in (("jax", in_jax), ("torch", in_torch)):
        if importlib.util.find_spec(name):
            runs[f"{name}, jit-compiled"] = other(*setting)
    expected = in_numpy(*setting)()
    for name, run in runs.items():
        if not np.allclose(run(), expected, rtol=1e-6, atol=1e-9):
            raise SystemExit(f"{name} came to other results")
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.turns):
        for name, run in runs.items():
            begin = perf_counter()
            run()
            seconds[name].append(perf_counter() - begin)
    fastest = min(median(times) for times in seconds.values())
    print("| what | million steps a second | slower by |")
    print("|---|---:|---:|")
    for name, times in seconds.items():
        rate = options.starts * options.steps / median(times) / 1e6
        print(f"| {name} | {rate:,.0f} | {median(times) / fastest:.1f} |")


if __name__ == "__main__":
    main()
