"""What the statements of a theorem are said under: variables, named conditions.

A condition that is long and recurs is printed once and has a name, as in a paper; a root that
recurs in a statement has a letter there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from verifier.statements.latex import Style, row_of
from verifier.statements.layout import flat
from verifier.statements.statement import Statement
from verifier.statements.substitution import fresh
from verifier.statements.terms import Apply, Domain, Number, Relation, Symbol
from verifier.statements.vocabulary import integer

LONG = 14.0  # em
MEMBERS = ("h", "l", "i", "j")  # the indices that a family is shown with
_DIGITS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numeral(number: int) -> str:
    """A small Roman number.

    >>> [numeral(n) for n in (1, 4, 9, 18)]
    ['i', 'iv', 'ix', 'xviii']
    """
    shown = ""
    for value, digits in _DIGITS:
        count, number = divmod(number, value)
        shown += digits * count
    return shown


def names(statements: Iterable[Statement]) -> dict[Relation, str]:
    """Numerals for the conditions that are long and that several of the statements have."""
    counts = Counter(condition for statement in statements for condition in statement.given)
    long = [c for c, count in counts.items() if count > 1 and width_of(c) > LONG]
    return {condition: numeral(number) for number, condition in enumerate(long, 1)}


def width_of(condition: Relation) -> float:
    """The width of a condition in running text, in em."""
    return flat(row_of(condition, Style.INLINE)).width


class Variables:
    """The variables of some statements, each name with its widest domain.

    >>> narrow, wide = Symbol("n", Domain(integer=True, lower=3)), integer("n")
    >>> variables = Variables([Statement(wide > 0), Statement(narrow > 1)])
    >>> variables.of([Statement(narrow > 1)]) == {wide}
    True
    >>> variables.bounds(Statement(narrow > 1))
    [n >= 3]
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._widest: dict[tuple[str, int, bool], Symbol] = {}
        for symbol in (s for statement in statements for s in statement.variables):
            known = self._widest.setdefault(_key(symbol), symbol)
            if _narrower(known.domain, symbol.domain):
                self._widest[_key(symbol)] = symbol

    def of(self, statements: Iterable[Statement]) -> set[Symbol]:
        """The variables of some of the statements, as they are introduced."""
        return {self._widest[_key(s)] for statement in statements for s in statement.variables}

    def bounds(self, statement: Statement) -> list[Relation]:
        """What a statement says of its variables beyond their introduction."""
        found = []
        for symbol in sorted(statement.variables, key=lambda s: (s.name, s.arity)):
            domain = symbol.domain
            if domain is not self._widest[_key(symbol)].domain and domain.lower is not None:
                indices = tuple(integer(name) for name in MEMBERS[: symbol.arity])
                shown = symbol[indices] if indices else symbol
                found.append(Relation(">" if domain.strict else ">=", shown, Number(domain.lower)))
        return found


def _key(symbol: Symbol) -> tuple[str, int, bool]:
    return symbol.name, symbol.arity, symbol.domain.integer


def _narrower(domain: Domain, other: Domain) -> bool:
    if other.lower is None or domain.lower is None:
        return domain.lower is not None
    return (other.lower, other.strict) < (domain.lower, domain.strict)


def lettered(statement: Statement) -> tuple[Statement, list[Relation]]:
    """The statement with a letter for each root that its claim has twice, and what these are.

    >>> from verifier.statements.vocabulary import H, real, root
    >>> x = real("x")
    >>> least = root(x**2 - H, (x, 0, H))
    >>> lettered(Statement(least**2 + least > 0))
    (x_1**2 + x_1 > 0, [x_1 == root(x**2 - H, (x, 0, H))])
    """
    counts = Counter(t for t in _subterms(statement.claim) if isinstance(t, Apply))
    letters: dict[Any, Symbol] = {}
    said = (statement.claim, *statement.given)
    symbols = [t for node in said for t in _subterms(node) if isinstance(t, Symbol)]
    taken = {symbol.name for symbol in symbols}
    families = {symbol.name for symbol in symbols if symbol.arity}  # x_1 looks like a member of x
    for term, count in counts.items():
        closed = term.head == "root" and term.free <= set(statement.variables)
        if closed and count > 1 and term.args[1].name not in families:
            letters[term] = fresh(term.args[1], taken)
            taken.add(letters[term].name)
    claim = _replaced(statement.claim, letters)
    return Statement(claim, statement.given), [s == term for term, s in letters.items()]


def _subterms(node: Any) -> Iterator[Any]:
    yield node
    for part in _parts(node):
        yield from _subterms(part)


def _parts(node: Any) -> tuple[Any, ...]:
    return (node.lhs, node.rhs) if isinstance(node, Relation) else getattr(node, "args", ())


def _replaced(node: Any, letters: dict[Any, Symbol]) -> Any:
    if node in letters or not _parts(node):
        return letters.get(node, node)
    parts = [_replaced(part, letters) for part in _parts(node)]
    return Relation(node.op, *parts) if isinstance(node, Relation) else Apply(node.head, *parts)
