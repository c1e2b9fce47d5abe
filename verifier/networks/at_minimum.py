"""A scalar network at one of its depth-balanced minima, in SymPy, for any shares at once.

Every layer of pathway h carries the root s_h^(1/L_h) of the pathway's share.  Nothing is taken from
a theorem: the Hessian is that of the loss, entry by entry, with the layers put in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import sympy

from .errors import NetworkError
from .scalar import ScalarNetwork, exact_expression


@dataclass(frozen=True)
class ScalarMinimum:
    """A network whose pathways have products `shares`, spread evenly over their layers.

    >>> s = sympy.symbols("s_1 s_2", positive=True)
    >>> minimum = ScalarMinimum(ScalarNetwork((2, 3)), s)
    >>> minimum.sharpness
    2*s_1 + 3*s_2**(4/3)
    >>> minimum.spectrum
    ((2*s_1 + 3*s_2**(4/3), 1), (0, 4))
    """

    network: ScalarNetwork
    shares: Sequence[Any]

    def __post_init__(self) -> None:
        shares = tuple(map(exact_expression, self.shares))
        if len(shares) != len(self.network.depths):
            raise NetworkError(
                f"{len(shares)} shares for {len(self.network.depths)} pathways",
                "give one share for each pathway, 0 for a silent one",
            )
        for share in shares:
            if not share.is_nonnegative:
                raise NetworkError(
                    f"the share {share} is not known to be >= 0",
                    'give a number, or a symbol such as Symbol("s", positive=True)',
                )
        object.__setattr__(self, "shares", shares)

    @property
    def target(self) -> Any:
        """What the shares sum to."""
        return sympy.Add(*self.shares)

    @cached_property
    def weights(self) -> tuple[tuple[Any, ...], ...]:
        """The layers of each pathway."""
        pairs = zip(self.shares, self.network.depths, strict=True)
        return tuple((share ** sympy.Rational(1, depth),) * depth for share, depth in pairs)

    @cached_property
    def gradient(self) -> tuple[Any, ...]:
        """The first derivatives of the output, not of the loss: those are zero here."""
        symbols = chain(*self.network.weights)
        return tuple(self._here(sympy.diff(self.network.output, w)) for w in symbols)

    @cached_property
    def hessian(self) -> Any:
        """The SymPy matrix of the second derivatives of the loss."""
        return self.network.hessian(self.target).applyfunc(self._here)

    @property
    def spectrum(self) -> tuple[tuple[Any, int], ...]:
        """Every eigenvalue of the Hessian with its multiplicity, the largest first.

        The Hessian is compared, entry by entry, with the product of the output's gradient with
        itself; such a matrix has one eigenvalue that is not zero.

        Raises:
            NetworkError: SymPy does not see that they are the same.
        """
        slopes = sympy.Matrix(self.gradient)
        if any(entry != 0 for entry in (self.hessian - slopes * slopes.T).applyfunc(sympy.expand)):
            raise NetworkError(
                "SymPy does not see that the Hessian has rank one", "give shares in simpler terms"
            )
        largest = sympy.expand((slopes.T * slopes)[0])
        zeros = len(slopes) - 1
        return ((largest, 1), (sympy.S.Zero, zeros)) if zeros else ((largest, 1),)

    @property
    def sharpness(self) -> Any:
        """The largest eigenvalue of the Hessian."""
        return self.spectrum[0][0]

    def _repr_html_(self) -> str:
        from verifier.reports import html

        values = (f"{html.expression(e)}, {html.times(n)}" for e, n in self.spectrum)
        return html.properties(
            "Depth-balanced minimum",
            [
                ("depths", ", ".join(map(str, self.network.depths))),
                ("shares", ", ".join(map(html.expression, self.shares))),
                ("eigenvalues", "<br>".join(values)),
                ("Hessian", html.expression(self.hessian)),
            ],
        )

    def _repr_latex_(self) -> str:
        from verifier.reports.html import sympy_latex

        return rf"$\displaystyle {sympy_latex(self.hessian)}$"

    def _here(self, expression: Any) -> Any:
        layers = zip(chain(*self.network.weights), chain(*self.weights), strict=True)
        return sympy.expand(expression.xreplace(dict(layers)))


__all__ = ["ScalarMinimum"]
