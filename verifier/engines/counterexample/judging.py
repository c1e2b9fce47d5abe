"""Whether a statement holds at closed values; a failure is confirmed by the kernel."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from time import process_time

from verifier.engines.counterexample.rational import Evaluator, NotRational, excludes
from verifier.engines.counterexample.values import (
    Values,
    determined,
)
from verifier.engines.proof import calculation
from verifier.errors import StatementError
from verifier.kernel import signs
from verifier.kernel.context import Context
from verifier.kernel.polynomial import Refused, to_term
from verifier.kernel.refuted import Refuted, differentiated, refute, require_indices
from verifier.kernel.rules.logic import require_value
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import REAL, Apply, Number, Relation, Symbol, Term, subterms

REFRESH = 500
MAX_WEIGHTS = 200  # of a network whose formula is written out


@dataclass
class Search:
    """What a search found: a refutation, or how many cases satisfied everything and held."""

    refuted: Refuted | None = None
    held: int = 0
    unknown: int = 0
    witness: Values | None = None  # values that satisfy what is given
    doubt: Values | None = None  # values at which mpmath alone says that it fails
    reach: str = ""


class Judge:
    """Decides a statement at closed values, quickly; a failure is confirmed by the kernel."""

    def __init__(self, statement: Statement, patience: float) -> None:
        self.statement = statement
        self.patience = patience  # seconds in which mpmath may be asked
        self.here = Context()
        self.tried = 0
        self.determined = determined(statement)
        nodes = [n for r in (statement.claim, *statement.given) for n in subterms(r)]
        self.plain = not any(
            isinstance(n, Apply) and n.head in ("diff", "limit", "sharpness") for n in nodes
        )
        self.networks = [n.args[1:3] for n in nodes if _is_at_weights(n)]
        late = {symbol for symbol, _ in self.determined}
        self.early = [g for g in statement.given if not g.free & late]
        self.theorems = [
            (general.claim, general.given)
            for _, _, general in calculation.sharpness_theorems_for(statement)
        ]

    def try_values(self, values: Values, found: Search) -> None:
        """Take in one more case, if what is given holds there."""
        self.tried += 1
        if self.tried % REFRESH == 0:
            self.here = Context()
        if excludes(self.early, values) or self.is_large(values):
            return
        try:
            complete = self.complete(values)
            verdict: bool | None = self.rational(complete)
        except Refused:
            return
        except NotRational:
            if not self.given_holds(complete):
                return
            verdict = self.claim_sign(complete)
        found.witness = complete if found.witness is None else found.witness
        if verdict is True:
            found.held += 1
            return
        try:
            found.refuted = confirm(self.statement, complete)
        except (Refused, StatementError):  # StatementError: a value for what a derivative is by
            seems = self.by_digits(complete)
            found.held += seems is True
            found.unknown += seems is None
            if seems is False and found.doubt is None:
                found.doubt = complete

    def is_large(self, values: Values) -> bool:
        """Whether a network of any weights has too many for its formula to be written out."""
        for sizes in self.networks:
            known = [substitute(size, values) for size in sizes]
            if prod(n.value for n in known if isinstance(n, Number)) > MAX_WEIGHTS:
                return True
        return False

    def by_digits(self, values: Values) -> bool | None:
        """Whether mpmath says that the claim holds, which the kernel does not decide."""
        if self.patience <= 0:
            return None
        from verifier.engines.witness import numeric

        start = process_time()
        try:
            return numeric.seems_to_hold(self.statement, values)
        finally:
            self.patience -= process_time() - start

    def rational(self, values: Values) -> bool:
        """Whether the claim holds, in rational arithmetic.

        Raises:
            Refused: something that is given does not hold.
            NotRational: that arithmetic does not decide it.
        """
        if not self.plain:
            raise NotRational
        evaluate = Evaluator(values)
        if not all(evaluate.holds(g) for g in self.statement.given):
            raise Refused("something that is given does not hold")
        return evaluate.holds(self.statement.claim)

    def complete(self, values: Values) -> Values:
        """The values with those that equalities determine."""
        complete = dict(values)
        for symbol, term in self.determined:
            value = to_term(self.here.normal(substitute(term, complete)))
            if value.free:
                raise Refused("a determined value is not closed")
            complete[symbol] = value
        for symbol, value in complete.items():
            self.require_inside(symbol, value)
        return complete

    def require_inside(self, symbol: Symbol, value: Term) -> None:
        """Refuse a number that is not in the domain of its variable, such as some root."""
        if isinstance(value, Number):
            if not symbol.domain.contains(value.value):
                raise Refused(f"{value!r} is outside the domain of {symbol}")
        elif not symbol.arity and symbol.domain is not REAL:
            require_value(self.here, symbol, value)

    def given_holds(self, values: Values) -> bool:
        for relation in self.statement.given:
            try:
                require_indices(relation, values)
                ground = self.closed(substitute(relation, values))
                self.here.require_defined(ground)
                if not self.here.holds(ground):
                    return False
            except (Refused, StatementError):
                return False
        return True

    def claim_sign(self, values: Values) -> bool | None:
        """Whether the claim holds; None if that is not seen at once."""
        try:
            require_indices(self.statement.claim, values)
            claim = differentiated(self.statement, values)
            ground = self.closed(substitute(claim, values))
            self.here.require_defined(ground)
            sign = self.here.relation_sign(ground)
        except (Refused, StatementError):
            return None
        if signs.only(sign, signs.HOLDS[ground.op]):
            return True
        return None if sign & signs.HOLDS[ground.op] else False

    def closed(self, relation: Relation) -> Relation:
        """The relation with every sharpness replaced by what the theorems say it is."""
        return calculation.with_formulas(relation, self.theorems, self.here)


def _is_at_weights(node: object) -> bool:
    """Whether it is the sharpness, or an entry of the Hessian, of a network of any weights."""
    if not isinstance(node, Apply) or node.head not in ("sharpness", "hessian"):
        return False
    return node.args[0].head == "weights"


def confirm(statement: Statement, values: Values) -> Refuted:
    """The kernel's refutation at the values, with what theorems say of them.

    Raises:
        Refused: the kernel does not see that the statement fails there.
    """
    try:
        claim = substitute(differentiated(statement, values), values)
    except Refused:  # it may have no value there
        return refute(statement, values)
    closed = [Statement(r) for r in (*(substitute(g, values) for g in statement.given), claim)]
    found = [fact for relation in closed for fact in calculation.facts(relation)]
    found.extend(calculation.facts_far_out(closed[-1]))
    return refute(statement, values, tuple(dict.fromkeys(found)))


__all__ = ["Judge", "Search", "confirm"]
