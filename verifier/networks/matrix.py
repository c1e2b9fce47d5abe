"""The matrix network by definition: pathways of matrices, their loss, its gradient and its Hessian.

Pathway h has layers W_{h,1}, ..., W_{h,L_h} of any sizes that fit.  The output is
M = sum_h W_{h,L_h} ... W_{h,1}, and the loss is c tr((M - M*) S (M - M*)^T), with S the covariance
of the inputs (the identity unless it is given) and c a constant that the convention names.

>>> network = MatrixNetwork([[[[1, 2]], [[1], [0]]]], target=[[1, 2], [0, 0]])
>>> network.loss, network.is_minimum()
(Fraction(0, 1), True)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from .derivatives import gradient, hessian
from .errors import NetworkError
from .matrices import (
    Matrix,
    inner,
    one_kind,
    product,
    shape,
    shown,
    subtract,
    sum_of,
    tidy,
    transpose,
)

MOST_SHOWN = 8  # rows and columns of a matrix that is written out


class Convention(Enum):
    """The constant c of the loss c |M - M*|^2: 1/2, 1, or one over the number of entries."""

    HALVED = "halved"
    UNHALVED = "unhalved"
    MEAN = "mean"


def output(pathways: Sequence[Sequence[Matrix]]) -> Matrix:
    """The sum over pathways of the product of their layers, the first layer rightmost.

    >>> output([[[[1], [2]], [[3, 4]]], [[[5]]]])
    [[16]]
    """
    return sum_of([product(list(reversed(path))) for path in pathways])


def loss(
    pathways: Sequence[Sequence[Matrix]],
    target: Matrix,
    convention: Convention = Convention.HALVED,
    covariance: Matrix | None = None,
) -> Any:
    """c tr((M - M*) S (M - M*)^T), for any kind of number.

    >>> loss([[[[Fraction(3)]]]], [[1]])
    Fraction(2, 1)
    """
    error = subtract(output(pathways), target)
    weighted = error if covariance is None else product([error, covariance])
    return inner(error, weighted) / divisor(convention, target)


def divisor(convention: Convention, target: Matrix) -> int:
    """One over the constant c."""
    match convention:
        case Convention.HALVED:
            return 2
        case Convention.UNHALVED:
            return 1
        case Convention.MEAN:
            return len(target) * len(target[0])


@dataclass(frozen=True)
class MatrixNetwork:
    """Pathways of matrices at some weights, with a target; the numbers are exact, or mpmath's.

    Args:
        pathways: the layers of each pathway, from the input on; every layer a list of rows.
        target: the matrix M*.
        convention: which constant c stands in front of the loss.
        covariance: the symmetric matrix S of the inputs; none stands for the identity.
    """

    pathways: Sequence[Sequence[Matrix]]
    target: Matrix
    convention: Convention = Convention.HALVED
    covariance: Matrix | None = None

    def __post_init__(self) -> None:
        if not self.pathways:
            raise NetworkError("the network has no pathway", "give the layers of at least one")
        pathways = [
            [tidy(layer, f"layer {number} of pathway {h}") for number, layer in enumerate(path, 1)]
            for h, path in enumerate(self.pathways, 1)
        ]
        covariance = None if self.covariance is None else tidy(self.covariance, "the covariance")
        together = [matrix for path in pathways for matrix in path]
        together += [tidy(self.target, "the target"), *([covariance] if covariance else [])]
        matrices = iter(one_kind(together))
        layers = tuple(tuple(next(matrices) for _ in path) for path in pathways)
        object.__setattr__(self, "pathways", layers)
        object.__setattr__(self, "target", next(matrices))
        object.__setattr__(self, "covariance", next(matrices, None))
        for h, path in enumerate(layers, start=1):
            self._check_shapes(h, path)
        inputs = len(self.target[0])
        if self.covariance is not None and (
            shape(self.covariance) != (inputs, inputs)
            or transpose(self.covariance) != self.covariance
        ):
            raise NetworkError(
                f"the covariance is no symmetric {inputs} x {inputs} matrix",
                "give sum x x^T over the inputs x, or leave it out",
            )

    def _check_shapes(self, h: int, path: Sequence[Matrix]) -> None:
        if not path:
            raise NetworkError(f"pathway {h} has no layer", "a depth is an integer >= 1")
        for number, (below, above) in enumerate(pairwise(path), start=1):
            if len(below) != len(above[0]):
                raise NetworkError(
                    f"layer {number + 1} of pathway {h} is {shown(above)}, "
                    f"layer {number} is {shown(below)}: they cannot be multiplied",
                    f"give layer {number + 1} {len(below)} columns",
                )
        rows, columns = shape(self.target)
        if (len(path[-1]), len(path[0][0])) != (rows, columns):
            raise NetworkError(
                f"pathway {h} multiplies to a {len(path[-1])} x {len(path[0][0])} matrix, "
                f"the target is {shown(self.target)}",
                f"the last layer needs {rows} rows and the first {columns} columns",
            )

    @property
    def depths(self) -> tuple[int, ...]:
        """The number of layers of each pathway."""
        return tuple(map(len, self.pathways))

    @property
    def parameters(self) -> int:
        """The number of entries of all layers."""
        return sum(len(layer) * len(layer[0]) for path in self.pathways for layer in path)

    @property
    def divisor(self) -> int:
        """One over the constant c."""
        return divisor(self.convention, self.target)

    @property
    def loss(self) -> Any:
        """The loss at these weights."""
        return loss(self.pathways, self.target, self.convention, self.covariance)

    @cached_property
    def residual(self) -> Matrix:
        """M* - M."""
        return subtract(self.target, output(self.pathways))

    def is_minimum(self, tolerance: Any = 0) -> bool:
        """Whether the residual is zero, up to a tolerance in each entry: the loss is then least."""
        return all(abs(entry) <= tolerance for row in self.residual for entry in row)

    def require_minimum(self, tolerance: Any = 0) -> None:
        """Refuse weights whose residual is not zero, and say where.

        >>> MatrixNetwork([[[[1, 2]]]], target=[[1, 0]]).require_minimum()
        Traceback (most recent call last):
        ...
        verifier.networks.errors.NetworkError: these weights are no minimum of loss zero: \
entry (1, 2) of the residual is -2 (choose layers whose products sum to the target)
        """
        for i, row in enumerate(self.residual, start=1):
            for j, entry in enumerate(row, start=1):
                if abs(entry) > tolerance:
                    raise NetworkError(
                        "these weights are no minimum of loss zero: "
                        f"entry ({i}, {j}) of the residual is {entry}",
                        "choose layers whose products sum to the target",
                    )

    def gradient(self) -> tuple[Any, ...]:
        """The first derivatives of the loss: pathway after pathway, layer after layer, row by row.

        >>> MatrixNetwork([[[[1, 2]]]], target=[[0, 0]]).gradient()
        (Fraction(1, 1), Fraction(2, 1))
        """
        return gradient(self)

    def hessian(self) -> tuple[tuple[Any, ...], ...]:
        """The second derivatives of the loss, in the order of the gradient.

        >>> MatrixNetwork([[[[2]], [[1]]]], target=[[2]]).hessian() == ((1, 2), (2, 4))
        True
        """
        return hessian(self)

    def exact_hessian(self) -> Any:
        """The Hessian at rational weights, as a matrix of FLINT.

        >>> MatrixNetwork([[[[2]], [[1]]]], target=[[2]]).exact_hessian()
        [1, 2]
        [2, 4]
        """
        from flint import fmpq, fmpq_mat

        rows = self.hessian()
        if not all(isinstance(entry, Fraction) for row in rows for entry in row):
            raise NetworkError("the weights are not exact", "give integers and fractions")
        return fmpq_mat([[fmpq(e.numerator, e.denominator) for e in row] for row in rows])

    def exact_spectrum(self) -> list[tuple[Any, int]]:
        """Every eigenvalue of the Hessian at rational weights, as `networks.exact` gives them.

        >>> MatrixNetwork([[[[2]], [[1]]]], target=[[2]]).exact_spectrum()
        [(5, 1), (0, 1)]
        """
        from .exact import exact_spectrum

        return exact_spectrum(self.exact_hessian())

    def _repr_html_(self) -> str:
        from verifier.reports import html

        layers = (", ".join(map(shown, path)) for path in self.pathways)
        return html.properties(
            "Matrix network",
            [
                ("layers", "<br>".join(html.plain(path) for path in layers)),
                ("parameters", str(self.parameters)),
                ("target", html.expression(_matrix(self.target))),
                ("loss", f"{html.expression(self.loss)} ({self.convention.value})"),
                ("residual", html.expression(_matrix(self.residual))),
            ],
        )

    def _repr_latex_(self) -> str:
        from verifier.reports.html import sympy_latex

        target, residual = (sympy_latex(_matrix(m)) for m in (self.target, self.residual))
        return rf"$M^* = {target}, \quad M^* - M = {residual}$"


def _matrix(rows: Matrix) -> Any:
    """The matrix in SymPy, or a name with its sizes where it is too large to be looked at."""
    import sympy

    if max(shape(rows)) > MOST_SHOWN:
        return sympy.MatrixSymbol("M", *shape(rows))
    return sympy.Matrix([list(row) for row in rows])
