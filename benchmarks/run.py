"""Speed, side by side with plain SymPy in one run: prints a Markdown table.

    python benchmarks/run.py

Each number is the median of several runs of a fresh process, start-up included, unless it says
otherwise.
"""

import argparse
import subprocess
import sys
from statistics import median
from time import perf_counter

VERIFIER = [sys.executable, "-c", "from verifier.cli import main; main()"]
PLAIN = [sys.executable, "-c", "import sympy"]

EXACT = """
from time import perf_counter
from verifier.networks import ScalarNetwork, exact_hessian, exact_spectrum
start = perf_counter()
network = ScalarNetwork(({L},) * {H})
weights = [[2] * {L}] * {H}
spectrum = exact_spectrum(exact_hessian(network, weights, {H} * 2**{L}))
print(perf_counter() - start, spectrum)
"""
SYMPY = """
from time import perf_counter
import sympy
start = perf_counter()
names = [[sympy.Symbol(f"w_{{h}}_{{l}}") for l in range({L})] for h in range({H})]
flat = [w for path in names for w in path]
output = sum(sympy.prod(path) for path in names)
loss = (output - {H} * 2**{L}) ** 2 / 2
matrix = sympy.hessian(loss, flat).subs({{w: 2 for w in flat}})
spectrum = matrix.eigenvals()
print(perf_counter() - start, spectrum)
"""


def seconds(command: list[str], runs: int = 7) -> float:
    """The median time of a command, in seconds; its exit code may be 0 or 1."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        times.append(perf_counter() - start)
        if run.returncode not in (0, 1) or "Traceback" in run.stderr:
            raise SystemExit(f"{command} failed:\n{run.stderr}")
    return median(times)


def inside(script: str, limit: float, runs: int = 3) -> float | None:
    """The median of the seconds that a script prints; None if a run takes longer than `limit`."""
    times = []
    for _ in range(runs):
        command = [sys.executable, "-c", script]
        try:
            run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return None
        times.append(float(run.stdout.split()[0]))
    return median(times)


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=300, help="seconds for plain SymPy")
    parser.add_argument("--quick", action="store_true", help="leave out the slow rows")
    options = parser.parse_args()
    print("| what | verifier | plain SymPy | ratio |")
    print("|---|---:|---:|---:|")
    plain = seconds(PLAIN)
    claim = ["claim", "H**(2/L - 1) < 1", "--given", "H >= 2", "--given", "L >= 3"]
    million = ["--paths", str(10**6), "--depth", str(10**6), "--target", "1"]
    sharpness = ["sharpness", *million, "--allocation", "balanced", "--digits", "60"]
    for what, arguments in (
        ("`verifier --help`, against `import sympy`", ["--help"]),
        ('`verifier claim "H**(2/L - 1) < 1" ...`, against `import sympy`', claim),
        ("`verifier sharpness` at H = L = 10^6, 60 digits, against `import sympy`", sharpness),
    ):
        row(what, seconds([*VERIFIER, *arguments]), plain)
    for size in (3,) if options.quick else (3, 8):
        setting = {"H": size, "L": size}
        ours = inside(EXACT.format(**setting), options.limit)
        theirs = inside(SYMPY.format(**setting), options.limit, runs=1)
        row(
            f"exact spectrum of the Hessian, H = L = {size}, import not counted",
            ours, theirs, options.limit,
        )  # fmt: skip
    if not options.quick:
        row("all shipped theorems judged and attacked", seconds([*VERIFIER, "check"], 1))


def row(
    what: str, ours: float | None, theirs: float | None = None, limit: float | None = None
) -> None:
    """Print one row; without a time for SymPy it was not run, or not done at the limit."""
    beyond = theirs is None and limit is not None
    other = f"> {limit:.0f} s" if beyond else "" if theirs is None else f"{theirs:.3f} s"
    reference = limit if beyond else theirs
    ratio = "" if reference is None or not ours else f"{'> ' * beyond}{reference / ours:.1f}x"
    own = f"> {limit:.0f} s" if ours is None else f"{ours:.3f} s"
    print(f"| {what} | {own} | {other} | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
