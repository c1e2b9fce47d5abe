"""Landscapes that users bring: a loss in named real parameters, and what it is like at a point.

>>> landscape = Landscape.of(lambda x, y: (1 - x * y) ** 2 / 2, "x y")
>>> landscape.hessian
Matrix([
[        y**2, 2*x*y - 1],
[2*x*y - 1,        x**2]])
>>> print(landscape.is_minimum({"x": 2, "y": Fraction(1, 2)}))
yes: the loss is a sum of squares and is zero here
>>> print(landscape.sharpness({"x": 2, "y": Fraction(1, 2)}))
17/4
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Any

import sympy
from flint import arb, ctx, fmpq, fmpq_mat

from verifier.kernel.balls import enclose
from verifier.kernel.polynomial import Refused
from verifier.statements.terms import Symbol, Term
from verifier.statements.vocabulary import VARIABLES

from .closed import sign_of, term_of
from .errors import NetworkError
from .exact import eigenvalues_above, exact_spectrum
from .largest import largest_eigenvalue
from .matrix import MOST_SHOWN
from .smooth import exact_value, require_smooth, require_smooth_at, value_at

Point = Mapping[str, Any]
MOST_DIGITS = 1000


class Answer(Enum):
    """Yes, no, or open: neither was shown."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True)
class Finding:
    """An answer and the reason for it; an open one is neither true nor false."""

    answer: Answer
    reason: str

    def __bool__(self) -> bool:
        if self.answer is Answer.OPEN:
            raise NetworkError(f"the question is open: {self.reason}", "look at .answer instead")
        return self.answer is Answer.YES

    def __str__(self) -> str:
        return f"{self.answer.value}: {self.reason}"


@dataclass(frozen=True)
class Sharpness:
    """The largest eigenvalue of a Hessian: its decimal digits, and its value where rational."""

    digits: str
    exact: Fraction | None = None

    def __str__(self) -> str:
        return self.digits if self.exact is None else str(self.exact)


class Landscape:
    """A smooth loss in real parameters.

    Args:
        loss: a SymPy expression without floating-point numbers.
        parameters: the names of all its symbols, in one text or one by one.
    """

    def __init__(self, loss: Any, parameters: str | Iterable[Any]) -> None:
        names = parameters.split() if isinstance(parameters, str) else [str(p) for p in parameters]
        self.parameters = tuple(names)
        if not names or len(set(names)) < len(names):
            raise NetworkError(
                f"the parameters are {', '.join(names) or 'none'}", "name each one, once"
            )
        if not isinstance(loss, sympy.Expr):
            raise NetworkError(f"{loss!r} is no SymPy expression", "write the loss in symbols")
        for symbol in sorted(loss.free_symbols, key=str):
            if symbol.name not in names:
                raise NetworkError(
                    f"the loss contains {symbol}, which is no parameter",
                    "name it among the parameters, or put in a number",
                )
        self._symbols = [sympy.Symbol(name, real=True) for name in names]
        own = dict(zip(names, self._symbols, strict=True))
        #: The loss, in real symbols of these names.
        self.loss = loss.xreplace({s: own[s.name] for s in loss.free_symbols})
        require_smooth(self.loss)

    @classmethod
    def of(cls, function: Callable[..., Any], names: str | Iterable[str]) -> "Landscape":
        """The landscape of a function of the parameters, called once with SymPy symbols."""
        listed = names.split() if isinstance(names, str) else list(names)
        symbols = [sympy.Symbol(name, real=True) for name in listed]
        try:
            value = function(*symbols)
        except (TypeError, ValueError, AttributeError) as error:
            raise NetworkError(
                f"the function fails at the symbols {', '.join(listed)}: {error}",
                "let it take that many arguments, and use SymPy's functions",
            ) from error
        return cls(sympy.sympify(value) if isinstance(value, int | Fraction) else value, listed)

    @cached_property
    def gradient(self) -> tuple[Any, ...]:
        """The first derivatives, in the order of the parameters."""
        return tuple(sympy.diff(self.loss, symbol) for symbol in self._symbols)

    @cached_property
    def hessian(self) -> Any:
        """The SymPy matrix of the second derivatives, every entry differentiated."""
        rows = [[sympy.diff(slope, s) for s in self._symbols] for slope in self.gradient]
        return sympy.ImmutableMatrix(rows).applyfunc(sympy.expand)

    def term(self, expression: Any, symbols: Mapping[str, Symbol] = VARIABLES) -> Term:
        """An expression in the parameters, such as an entry of the Hessian, for use in a claim.

        >>> landscape = Landscape.of(lambda x: x**4, "x")
        >>> landscape.term(landscape.gradient[0]) == 0
        4*x**3 == 0
        """
        return term_of(expression, symbols)

    def is_critical(self, point: Point) -> Finding:
        """Whether the gradient vanishes.

        >>> print(Landscape.of(lambda x: x**4 - x, "x").is_critical({"x": 1}))
        no: the derivative by x is 3
        """
        at = self._values(point)
        for name, slope in zip(self.parameters, self.gradient, strict=True):
            value = value_at(slope, at)
            sign = sign_of(value)
            if sign is None:
                return Finding(Answer.OPEN, f"whether {value}, the derivative by {name}, is zero")
            if sign:
                return Finding(Answer.NO, f"the derivative by {name} is {value}")
        return Finding(Answer.YES, "the gradient is zero")

    def require_critical(self, point: Point) -> None:
        """Refuse a point at which the gradient is not known to be zero, and say why."""
        found = self.is_critical(point)
        if found.answer is not Answer.YES:
            raise NetworkError(
                f"the point is not known to be critical: {found}", "give an exact critical point"
            )

    def is_minimum(self, point: Point) -> Finding:
        """Whether the point is a local minimum.

        >>> print(Landscape.of(lambda x: x**4 - x**6, "x").is_minimum({"x": 0}))
        open: the second-order test is not conclusive: the least eigenvalue of the Hessian is 0
        """
        at = self._values(point)
        if sign_of(value_at(self.loss, at)) == 0 and _is_sum_of_squares(self.loss):
            return Finding(Answer.YES, "the loss is a sum of squares and is zero here")
        critical = self.is_critical(point)
        if critical.answer is not Answer.YES:
            return critical
        signs = [sign_of(c) for c in _coefficients(self._hessian_at(at))]
        if -1 in signs:
            return Finding(Answer.NO, "the Hessian has a negative eigenvalue")
        if None in signs:
            return Finding(Answer.OPEN, "the signs of the eigenvalues of the Hessian")
        if signs[-1]:
            return Finding(Answer.YES, "the gradient is zero and the Hessian positive definite")
        return Finding(
            Answer.OPEN,
            "the second-order test is not conclusive: the least eigenvalue of the Hessian is 0",
        )

    def sharpness(self, point: Point, digits: int = 30) -> Sharpness:
        """The largest eigenvalue of the Hessian at a point, critical or not.

        >>> print(Landscape.of(lambda x, y: x**2 * y, "x y").sharpness({"x": 1, "y": 1}, 20))
        3.2360679774997896964
        """
        if type(digits) is not int or not 1 <= digits <= MOST_DIGITS:
            raise NetworkError(f"cannot give {digits!r} digits", f"ask for 1 to {MOST_DIGITS}")
        rows = self._hessian_at(self._values(point))
        exact = _rational_matrix(rows)
        if exact is not None:
            rational = [e for e, _ in exact_spectrum(exact) if isinstance(e, fmpq)]
            if rational and not eigenvalues_above(exact, rational[0]):
                value = Fraction(int(rational[0].p), int(rational[0].q))
                with ctx.workdps(digits + 10):
                    return Sharpness(str(arb(rational[0]).str(digits, radius=False)), value)
        terms = [[term_of(entry) for entry in row] for row in rows]

        def rows_at(bits: int) -> list[list[arb]]:
            return [[enclose(term, bits) for term in row] for row in terms]

        try:
            return Sharpness(largest_eigenvalue(rows_at, digits))
        except Refused as error:
            raise NetworkError(
                f"the Hessian has an entry without an enclosure: {error}", "take another point"
            ) from error

    def _repr_html_(self) -> str:
        from verifier.reports import html

        rows = [("parameters", ", ".join(map(html.expression, self._symbols)))]
        rows.append(("loss", html.expression(self.loss)))
        if len(self.parameters) <= MOST_SHOWN:
            rows.append(("gradient", "<br>".join(map(html.expression, self.gradient))))
            rows.append(("Hessian", html.expression(self.hessian)))
        return html.properties("Landscape", rows)

    def _repr_latex_(self) -> str:
        from verifier.reports.html import sympy_latex

        return rf"$\displaystyle {sympy_latex(self.loss)}$"

    def _hessian_at(self, at: Mapping[Any, Any]) -> list[list[Any]]:
        return [[value_at(entry, at) for entry in self.hessian.row(i)] for i in range(len(at))]

    def _values(self, point: Point) -> dict[Any, Any]:
        """The point as exact values of the symbols, at which the loss is smooth."""
        for name in point:
            if name not in self.parameters:
                raise NetworkError(
                    f"the landscape has no parameter {name!r}",
                    "it has " + ", ".join(self.parameters),
                )
        for name in self.parameters:
            if name not in point:
                raise NetworkError(f"the point lacks {name}", f"give {name} a value")
        at = {symbol: exact_value(symbol.name, point[symbol.name]) for symbol in self._symbols}
        require_smooth_at(self.loss, at)
        return at


def _is_sum_of_squares(loss: Any) -> bool:
    """Whether the loss is, as written, a sum of even powers with coefficients >= 0."""
    for part in sympy.Add.make_args(loss):
        for factor in sympy.Mul.make_args(part):
            even = (
                factor.is_Pow and factor.exp.is_Integer and factor.exp > 0 and factor.exp % 2 == 0
            )
            if not (factor.is_Rational and factor >= 0) and not (even and factor.base.is_real):
                return False
    return True


def _coefficients(rows: list[list[Any]]) -> list[Any]:
    """The sums of the principal minors of each size: of the products of so many eigenvalues.

    All eigenvalues of a symmetric matrix are real, so none is negative exactly when no such sum is;
    the last one is the product of them all.
    """
    exact = _rational_matrix(rows)
    if exact is not None:
        found = list(reversed(exact.charpoly().coeffs()))[1:]
        return [(-1) ** k * sympy.Rational(int(c.p), int(c.q)) for k, c in enumerate(found, 1)]
    given, power = sympy.Matrix(rows), sympy.eye(len(rows))
    sums = []
    for k in range(1, len(rows) + 1):  # Faddeev and Le Verrier
        power = (given * power).applyfunc(sympy.expand)
        sums.append(sympy.expand((-1) ** (k + 1) * power.trace() / k))
        power -= power.trace() / k * sympy.eye(len(rows))
    return sums


def _rational_matrix(rows: list[list[Any]]) -> fmpq_mat | None:
    if not all(entry.is_Rational for row in rows for entry in row):
        return None
    return fmpq_mat([[fmpq(int(entry.p), int(entry.q)) for entry in row] for row in rows])
