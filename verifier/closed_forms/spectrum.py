"""The nonzero eigenvalues of the full Hessian at an aligned, depth-balanced global minimum.

At such a minimum the output is differentiated entry by entry: the entry (i, j) of the output moves
with the entries (i, j) of the layers alone, so the Hessian J^T J falls into one block of rank one
for each pair of modes, and the eigenvalue of a block is the squared length of its gradient,

    lambda_ij = sum_h sum_l |s_hi|^(2(L_h-l)/L_h) |s_hj|^(2(l-1)/L_h),   0^0 = 1.

Equal values are found by exact algebra (`radicals`), and balls (Arb) put them in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from math import lcm

from verifier.closed_forms.minimum import Minimum
from verifier.closed_forms.radicals import Product, Radicals, RadicalSum, rational
from verifier.closed_forms.sharpness import decimal, rounded
from verifier.errors import VerifierError
from verifier.library import shipped
from verifier.statements.terms import Number, Term
from verifier.statements.vocabulary import Sum, integer

THEOREM = "matrix-spectrum"
MAX_DIGITS = 1000
MAX_PAIRS = 250_000
MAX_TERMS = 300_000
MAX_TEXT = 200
MAX_BITS = 2**16

_l = integer("l")

Pair = tuple[int, int]
Share = tuple[int, Fraction, Fraction]  # a depth, and the sizes of the shares of two modes


@dataclass(frozen=True)
class Eigenvalue:
    """An eigenvalue of the Hessian.

    `value` is exact, and None where that is too long to write; `formula` is that of the first of
    the `pairs` of modes whose block has the eigenvalue.
    """

    value: str | None
    decimal: str
    multiplicity: int
    pairs: tuple[Pair, ...]
    formula: Term


@dataclass(frozen=True)
class Spectrum:
    """Every eigenvalue of the Hessian, the largest first."""

    minimum: Minimum
    eigenvalues: tuple[Eigenvalue, ...]
    formula: Term
    notes: tuple[str, ...]

    @property
    def sharpness(self) -> Eigenvalue:
        """The largest eigenvalue."""
        return self.eigenvalues[0]

    def _repr_html_(self) -> str:
        from verifier.reports import html

        return html.spectrum(self)

    def _repr_latex_(self) -> str:
        from verifier.reports.html import times
        from verifier.statements.latex import below, latex

        return below(
            rf"{latex(e.formula)} && \text{{{times(e.multiplicity)}}}" for e in self.eigenvalues
        )


def spectrum(minimum: Minimum, digits: int = 30) -> Spectrum:
    """The eigenvalues with their multiplicities; the cost does not depend on the number of paths.

    Args:
        minimum: the sizes, the target and its division among the pathways.
        digits: how many significant digits are wanted.

    Raises:
        VerifierError: the spectrum is out of reach, or the minimum has no real layers.

    >>> from verifier.networks.allocations import single_path
    >>> found = spectrum(Minimum(2, (3,), (Fraction(8), Fraction(1)), (single_path,)))
    >>> [(e.value, e.multiplicity, e.pairs) for e in found.eigenvalues]
    [('48', 1, ((1, 1),)), ('21', 2, ((1, 2), (2, 1))), ('3', 1, ((2, 2),)), ('0', 20, ())]
    """
    if not 1 <= digits <= MAX_DIGITS:
        raise VerifierError(f"{digits} digits", f"ask for 1 to {MAX_DIGITS}")
    modes = minimum.modes
    if len(modes) ** 2 > MAX_PAIRS:
        raise VerifierError(
            f"{len(modes)} targets have {len(modes) ** 2} pairs of modes",
            f"stay below {MAX_PAIRS} pairs",
        )
    classes = minimum.classes()
    blocks = _blocks(classes, modes)
    _check_length(shares for shares, _ in blocks)
    sizes = {abs(share) for _, shares in classes for share in shares}
    radicals = Radicals(sizes - {0}, lcm(*(depth for depth, _ in classes)))
    found: dict[RadicalSum, tuple[Counter[Share], list[Pair]]] = {}
    for shares, pairs in blocks:
        value = radicals.total(_products(radicals, shares))
        found.setdefault(value, (shares, []))[1].extend(pairs)
    kernel = found.pop((), (None, []))[1]
    eigenvalues = [
        _eigenvalue(radicals, value, *found[value], digits)
        for value in _ordered(radicals, found, digits)
    ]
    zeros = minimum.parameters - sum(e.multiplicity for e in eigenvalues)
    if zeros:
        eigenvalues.append(Eigenvalue("0", "0", zeros, tuple(sorted(kernel)), Number(0)))
    return Spectrum(
        minimum, tuple(eigenvalues), _general(len(minimum.depths) == 1), tuple(_notes(classes))
    )


def _blocks(
    classes: Counter[tuple[int, tuple[Fraction, ...]]], modes: range
) -> list[tuple[Counter[Share], list[Pair]]]:
    """For every two kinds of modes the shares that decide the eigenvalue, and the pairs."""
    kinds: dict[tuple[Fraction, ...], list[int]] = {}
    for mode in modes:
        profile = tuple(abs(shares[mode - 1]) for _, shares in classes)
        kinds.setdefault(profile, []).append(mode)
    blocks = []
    for (first, some), (second, others) in combinations_with_replacement(kinds.items(), 2):
        shares: Counter[Share] = Counter()
        for ((depth, _), count), a, b in zip(classes.items(), first, second, strict=True):
            shares[depth, max(a, b), min(a, b)] += count
        pairs = list(product(some, others))
        if first != second:
            pairs += [(j, i) for i, j in pairs]
        blocks.append((shares, pairs))
    return blocks


def _check_length(blocks: Iterable[Counter[Share]]) -> None:
    length = sum(depth if a != b and b else 1 for shares in blocks for depth, a, b in shares)
    if length > MAX_TERMS:
        raise VerifierError(
            f"the eigenvalues have {length} terms together",
            f"stay below {MAX_TERMS}: take fewer different targets or shares, or a smaller depth",
        )


def _products(radicals: Radicals, shares: Counter[Share]) -> Iterator[Product]:
    """The terms of an eigenvalue; a sum over the layers is symmetric in the two shares."""
    for (depth, a, b), count in shares.items():
        unit = radicals.index // depth
        if depth == 1:
            yield radicals.product(count, [])
        elif a and b in (0, a):
            yield radicals.product(count * (depth if b else 1), [(a, unit * (2 * depth - 2))])
        elif a:
            for layer in range(1, depth + 1):
                powers = [(a, unit * 2 * (depth - layer)), (b, unit * 2 * (layer - 1))]
                yield radicals.product(count, powers)


def _formula(shares: Counter[Share]) -> Term:
    """The eigenvalue of a block as a term, every different share taken once."""
    total: Term = Number(0)
    for (depth, a, b), count in shares.items():
        if depth == 1:
            part: Term = Number(count)
        elif a == 0:
            continue
        elif b in (0, a):
            times, power = count * (depth if b else 1), Number(a) ** (2 - Fraction(2, depth))
            part = power if times == 1 else Number(times) * power
        else:
            upper = Number(a) ** (2 * (depth - _l) / depth)
            lower = Number(b) ** (2 * (_l - 1) / depth)
            part = Sum(upper * lower, (_l, 1, depth))
            part = part if count == 1 else Number(count) * part
        total = part if total is Number(0) else total + part
    return total


def _general(equal: bool) -> Term:
    """The theorem's formula for pair (i, j), with the shares and depths as families."""
    claim = "value-equal-depth" if equal else "value"
    return shipped(THEOREM).statement(claim).claim.rhs


def _ordered(radicals: Radicals, values: Iterable[RadicalSum], digits: int) -> list[RadicalSum]:
    """Different values, the largest first, in an order that disjoint balls prove."""
    bits = int(digits * 3.33) + 64  # those balls are also what is rounded
    while bits <= MAX_BITS:
        balls = {value: radicals.ball(value, bits) for value in values}
        order = sorted(balls, key=lambda value: balls[value].mid(), reverse=True)
        if all(balls[a] > balls[b] for a, b in pairwise(order)):
            return order
        bits *= 2
    raise VerifierError(
        f"two eigenvalues differ by less than {MAX_BITS} bits can tell", "choose other targets"
    )


def _eigenvalue(
    radicals: Radicals, value: RadicalSum, shares: Counter[Share], pairs: list[Pair], digits: int
) -> Eigenvalue:
    exact = rational(value)
    shown = (
        rounded(lambda bits: radicals.ball(value, bits), digits)
        if exact is None
        else decimal(exact, digits)
    )
    text = radicals.text(value) if len(value) <= MAX_TEXT else ""
    return Eigenvalue(
        text if 0 < len(text) <= MAX_TEXT else None,
        shown,
        len(pairs),
        tuple(sorted(pairs)),
        _formula(shares),
    )


def _notes(classes: Counter[tuple[int, tuple[Fraction, ...]]]) -> Iterator[str]:
    shares = {share for _, shares in classes for share in shares}
    if any(share < 0 for share in shares):
        yield (
            "a negative share has negative layers, all of them; the eigenvalues depend on the "
            "squares of the layers alone, so |share| stands in the formula"
        )
    if 0 in shares:
        yield "a share is zero: the formula is read with 0**0 = 1"


__all__ = ["THEOREM", "Eigenvalue", "Spectrum", "spectrum"]
