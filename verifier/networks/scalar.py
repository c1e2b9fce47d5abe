"""The scalar network in SymPy: loss, gradient and Hessian, differentiated entry by entry.

The code writes the loss by its definition and differentiates; it knows no rule about networks.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

import sympy

from .definition import check_depths, loss, output, pathways
from .errors import NetworkError

if TYPE_CHECKING:
    from .at_minimum import ScalarMinimum

_SIGMA = sympy.Symbol("sigma", positive=True)


@dataclass(frozen=True)
class ScalarNetwork:
    """One mode of a multi-pathway deep linear network, pathway h of depth `depths[h - 1]`.

    >>> network = ScalarNetwork((2, 1))
    >>> network.output
    w_1_1*w_1_2 + w_2_1
    >>> network.gradient(0)[0]
    w_1_2*(w_1_1*w_1_2 + w_2_1)
    """

    depths: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "depths", check_depths(self.depths))

    @cached_property
    def weights(self) -> tuple[tuple[Any, ...], ...]:
        """A plain symbol `w_h_l` for layer l of pathway h, both counted from 1."""
        return tuple(
            tuple(sympy.Symbol(f"w_{h}_{layer}") for layer in range(1, depth + 1))
            for h, depth in enumerate(self.depths, start=1)
        )

    @cached_property
    def output(self) -> Any:
        """f = sum_h prod_l w_{h,l}."""
        return output(self.weights)

    def loss(self, target: Any) -> Any:
        """1/2 (f - sigma)^2, where the target sigma is exact or a SymPy expression."""
        return loss(self.weights, exact_expression(target))

    def gradient(self, target: Any) -> tuple[Any, ...]:
        """The first derivatives of the loss, pathway after pathway."""
        error = self.loss(target)
        return tuple(sympy.diff(error, weight) for weight in chain(*self.weights))

    def hessian(self, target: Any) -> Any:
        """The SymPy matrix of the second derivatives of the loss, every entry differentiated.

        >>> ScalarNetwork((1, 1)).hessian(0)
        Matrix([
        [1, 1],
        [1, 1]])
        """
        return sympy.ImmutableMatrix(
            [
                [sympy.diff(slope, weight) for weight in chain(*self.weights)]
                for slope in self.gradient(target)
            ]
        )

    def minimum(self, allocation: Any, target: Any = _SIGMA) -> "ScalarMinimum":
        """The network at the depth-balanced minimum of an allocation, or of shares in a list.

        >>> from verifier.networks import balanced
        >>> ScalarNetwork((3, 3)).minimum(balanced).sharpness
        3*2**(2/3)*sigma**(4/3)/2
        """
        from .allocations import allocation_of
        from .at_minimum import ScalarMinimum

        if isinstance(allocation, list | tuple):
            return ScalarMinimum(self, allocation)
        parts = allocation_of(allocation).shares(len(self.depths), 1)
        whole = exact_expression(target)
        return ScalarMinimum(self, [exact_expression(part) * whole for part in parts])

    def arrange(self, flat: Any) -> tuple[tuple[Any, ...], ...]:
        """One value for each weight, in a single list, cut into pathways.

        >>> ScalarNetwork((2, 1)).arrange([5, 6, 7])
        ((5, 6), (7,))
        """
        if len(flat) != sum(self.depths):
            raise NetworkError(
                f"{len(flat)} values for {sum(self.depths)} weights",
                "give one value for each layer of each pathway",
            )
        return pathways(flat, self.depths)

    def _repr_html_(self) -> str:
        from verifier.reports import html

        size = f"{len(self.depths)} pathways, {sum(self.depths)} weights"
        return html.properties(
            "Scalar network",
            [
                ("depths", f"{', '.join(map(str, self.depths))} ({size})"),
                ("output", html.expression(self.output)),
                ("loss", html.expression(self.loss(_SIGMA))),
            ],
        )

    def _repr_latex_(self) -> str:
        from verifier.reports.html import sympy_latex

        return rf"$\displaystyle {sympy_latex(self.loss(_SIGMA))}$"


def exact_expression(value: Any) -> Any:
    """The value as a SymPy expression, if it is a scalar with no floating-point number in it."""
    if isinstance(value, sympy.Expr) and value.is_commutative and not value.has(sympy.Float):
        return value
    if isinstance(value, int | Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    raise NetworkError(
        f"{value!r} is not an exact scalar", "give an int, a Fraction or a SymPy expression"
    )
