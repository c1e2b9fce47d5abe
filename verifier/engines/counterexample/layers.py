"""Networks of matrices to try: of any size, with few entries, on and off every special set."""

from __future__ import annotations

from verifier.statements.substitution import function
from verifier.statements.terms import INTEGER, Apply, Domain, Number, Relation, Symbol, Term

h, l, a, b = (Symbol(name, INTEGER) for name in "hlab")  # noqa: E741


def networks(domain: Domain) -> list[Term]:
    """Families of four indices whose entries lie in a domain.

    >>> from verifier.statements.terms import REAL
    >>> networks(REAL)[0]
    (lambda h, l, a, b: Iverson(a == b))
    """
    found = (
        ({0, 1}, ONE),
        ({0, 1}, _where("==", a + 1, b)),  # not symmetric
        ({0, 1, 2}, ONE + ONE * _where("==", l, 1)),  # not depth-balanced
        ({0, 1, 2}, ONE + ONE * _where("==", a, 1)),  # singular values 2, 1, 1, ..
        ({0, 1}, ONE * _where("==", a, 1)),  # of rank one
        ({0, 1}, ONE * _where("==", h, 1)),  # a single path
        ({0}, Number(0)),
        ({0, 1}, ONE * _where(">", l, 1)),  # a silent layer
        ({0, 1}, _where("==", a + b, 3)),  # symmetric, not diagonal
        ({-1, 0}, -ONE),
        ({-1, 0, 1}, ONE - 2 * ONE * _where("==", l, 1)),  # a negative product
    )
    return [
        function((h, l, a, b), body)
        for entries, body in found
        if all(domain.contains(Number(entry).value) for entry in entries)
    ]


def _where(op: str, left: Term, right: Term | int) -> Term:
    return Apply("Iverson", Relation(op, left, right))


ONE = _where("==", a, b)
__all__ = ["networks"]
