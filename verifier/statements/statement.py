"""Statements: a relation that is claimed under given relations, for all values of its variables."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.errors import StatementError
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Relation, Symbol, subterms


class Statement:
    """For all values of the variables in their domains that satisfy `given`: the `claim`.

    A statement holds if, wherever every relation of `given` is defined and true, the claim is
    defined and true.

    >>> from verifier.statements.vocabulary import H, L
    >>> Statement(H ** (2 / L - 1) < 1, given=[H >= 2, L >= 3])
    H**(2/L - 1) < 1 for H >= 2, L >= 3

    Raises:
        StatementError: one name stands for two variables.
    """

    __slots__ = ("claim", "given")
    claim: Relation
    given: tuple[Relation, ...]

    def __init__(self, claim: Relation, given: Iterable[Relation] = ()) -> None:
        if not isinstance(claim, Relation):
            raise StatementError(f"{claim!r} is no relation", "compare two terms")
        object.__setattr__(self, "claim", claim)
        object.__setattr__(self, "given", tuple(dict.fromkeys(given)))
        named: dict[str, Symbol] = {}
        for symbol in self.variables:
            if named.setdefault(symbol.name, symbol) is not symbol:
                raise StatementError(
                    f"{symbol.name} stands for two different variables",
                    "use one domain for a name",
                )
            if symbol.name.startswith("_"):
                raise StatementError(f"the name {symbol.name} is reserved", "start with a letter")
        for relation in (self.claim, *self.given):
            _require_plain_scopes(relation)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Statement cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a Statement cannot be changed")

    def __reduce__(self) -> tuple[type[Statement], tuple[Relation, tuple[Relation, ...]]]:
        return Statement, (self.claim, self.given)

    @property
    def variables(self) -> tuple[Symbol, ...]:
        """The free symbols, by name; a derivative's variable of differentiation is one of them."""
        free = self.claim.free.union(*(g.free for g in self.given))
        return tuple(sorted(free, key=lambda s: (s.name, s.domain.integer, s.arity)))

    @property
    def domain(self) -> str:
        """The domains of the variables, as text.

        >>> from verifier.statements.vocabulary import H, L
        >>> Statement(H ** (2 / L - 1) < 1).domain
        'H, L: integer >= 1'
        """
        grouped: dict[str, list[str]] = {}
        for symbol in self.variables:
            indices = f"[{','.join('.' * symbol.arity)}]" if symbol.arity else ""
            grouped.setdefault(repr(symbol.domain), []).append(symbol.name + indices)
        return "; ".join(f"{', '.join(names)}: {domain}" for domain, names in grouped.items())

    def substitute(self, mapping: dict[Symbol, Apply | Symbol]) -> Statement:
        """The statement with free symbols replaced, in the claim and in what is given."""
        return Statement(
            substitute(self.claim, mapping), [substitute(g, mapping) for g in self.given]
        )

    @property
    def size(self) -> int:
        """How many different nodes it has."""
        return sum(len(list(subterms(r))) for r in (self.claim, *self.given))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Statement)
            and self.claim is other.claim
            and len(self.given) == len(other.given)
            and all(a is b for a, b in zip(self.given, other.given, strict=True))
        )

    def __hash__(self) -> int:
        return hash((self.claim, self.given))

    def __repr__(self) -> str:
        given = ", ".join(map(repr, self.given))
        return f"{self.claim!r} for {given}" if given else repr(self.claim)

    def _repr_latex_(self) -> str:
        from verifier.statements.latex import displayed

        return displayed(self)

    def _repr_html_(self) -> str:
        from verifier.reports import html

        return html.statement(self)


def _require_plain_scopes(relation: Relation) -> None:
    """Refuse an index whose name another symbol in its scope has: the text would mislead."""
    for node in subterms(relation):
        if not isinstance(node, Apply):
            continue
        for bound, scope in node.scopes():
            for symbol in scope.free:
                if symbol.name == bound.name and symbol is not bound:
                    raise StatementError(
                        f"the index {bound.name} has the name of a variable in its scope",
                        "rename the index",
                    )
