"""Matrix factorisation in two layers, at a minimum whose layers are not balanced.

At a minimum of |B A - M|^2 / 2 the Hessian is J^T J, where J J^T is the sum of the Kronecker
products A^T A x I and I x B B^T; so the sharpness is the sum of the largest eigenvalues of A^T A
and of B B^T, whether or not the two agree (for flat minima see Mulayoff and Michaeli,
arXiv 2002.04710).  Here they are 3 + sqrt(5) and (3 + sqrt(5)) / 2.
"""

from sympy import Matrix, Rational, sqrt

from verifier.networks import Landscape

LAYERS = {"A": Matrix([[2, 0], [1, 1]]), "B": Matrix([[1, 1], [0, 1]])}
TARGET = LAYERS["B"] * LAYERS["A"]


def loss(*entries):
    """Half the squared error of the product of the layers, which are given row by row."""
    error = Matrix(2, 2, entries[4:]) * Matrix(2, 2, entries[:4]) - TARGET
    return sum(entry**2 for entry in error) / 2


names = [f"{layer}_{i}_{j}" for layer in LAYERS for i in (1, 2) for j in (1, 2)]
landscape = Landscape.of(loss, names)
minimum = dict(zip(names, [*LAYERS["A"], *LAYERS["B"]], strict=True))
printed = Rational(3, 2) * (3 + sqrt(5))

if __name__ == "__main__":
    print("minimum   ", landscape.is_minimum(minimum))
    print("sharpness ", landscape.sharpness(minimum))
    print("in print  ", printed.evalf(30))
