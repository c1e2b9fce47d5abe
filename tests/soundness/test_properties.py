"""What must be true of every verdict, on statements drawn from a grammar of the language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.killed import LATE, within
from verifier.judge import judge_statement
from verifier.kernel.certificate import replay
from verifier.statements.codec import decode_statement, encode_statement
from verifier.statements.parser import parse, parse_term
from verifier.statements.statement import Statement
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number, Relation, Symbol
from verifier.statements.vocabulary import (
    VARIABLES,
    Abs,
    H,
    Iverson,
    L,
    Max,
    Min,
    Product,
    Sum,
    integer,
    real,
    sigma,
    sqrt,
)
from verifier.verdicts import Result, Verdict
from verifier.verify import Task, judge_all

from .exact import Inexact, UndefinedHere, fails, holds
from .generate import INTEGER_VALUES, REAL_VALUES, Generator

x, y, n, i = real("x"), real("y"), integer("n"), integer("i")
DECLARED = {symbol.name: symbol for symbol in (x, y, n)}
#: Other names, in another order.
RENAMED = {x: real("v"), y: real("u"), n: integer("a")}
SECONDS = 1.0  # of computing, for a judgement
SEARCH = 0.4  # of them, for a counterexample
POINTS = 150


def examples(count: int) -> settings:
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )


# --- the grammar -----------------------------------------------------------------------------

NUMBERS = st.sampled_from([Number(Fraction(q)) for q in ("0", "1", "2", "3", "1/2", "-1", "-2")])
LEAVES = st.one_of(st.sampled_from([x, x, y, n, H, L, sigma]), NUMBERS)
EXPONENTS = st.sampled_from([2, 2, 3, 0, -1, Fraction(1, 2), n, L, 1 / L, 2 / L - 1])
RANGES = st.sampled_from([(1, H), (1, L), (1, 3), (0, n), (2, 1), (1, n)])
GIVEN = st.sampled_from(
    [x >= 0, x > 0, x >= 1, x != 0, x <= 3, y > 0, x > y, x == y, y == 1, x * y > 0, n >= 1,
     n >= 0, n == 2, H >= 2, L >= 2, L >= 3, H == 2, sigma < 1, H >= L, x < 0, x**2 <= 1]
)  # fmt: skip


def _grow(terms: Any) -> Any:
    operation = st.sampled_from(["+", "+", "-", "*", "*", "/"])
    bodies = st.one_of(terms, terms.map(lambda t: t * i), st.just(i))
    return st.one_of(
        st.builds(_operate, operation, terms, terms),
        st.builds(_operate, operation, terms, terms),
        st.builds(lambda t, e: t**e, terms, EXPONENTS),
        st.builds(lambda t, f: f(t), terms, st.sampled_from([Abs, sqrt, lambda t: -t])),
        st.builds(lambda s, t, f: f(s, t), terms, terms, st.sampled_from([Max, Min])),
        st.builds(lambda t, r, f: f(t, (i, *r)), bodies, RANGES, st.sampled_from([Sum, Product])),
        st.builds(lambda s, t: Iverson(s <= t), terms, terms),
    )


def _operate(head: str, one: Any, two: Any) -> Any:
    return one / two if head == "/" else Apply(head, one, two)


TERMS = st.recursive(LEAVES, _grow, max_leaves=4)
#: Likely to be true: nonnegative terms, and equalities of two ways to write one term.
TRUE = st.one_of(
    st.builds(lambda t, u: t**2 + Abs(u) >= 0, TERMS, TERMS),
    st.builds(lambda t, u: t**2 + u**2 >= 2 * t * u, TERMS, TERMS),
    st.builds(lambda t, u: (t + u) * (t - u) == t**2 - u**2, TERMS, TERMS),
    st.builds(lambda t, u: Max(t, u) >= t, TERMS, TERMS),
    st.builds(lambda t: Sum(t, (i, 1, H)) == H * t, TERMS),
    st.builds(lambda t: sqrt(t**2) == Abs(t), TERMS),
)
ANY = st.builds(Relation, st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), TERMS, TERMS)
CLAIMS = st.one_of(TRUE, ANY)
STATEMENTS = st.builds(Statement, CLAIMS, st.lists(GIVEN, max_size=2))


@lru_cache(maxsize=4096)
def judged(statement: Statement) -> Result | None:
    """The result, or None where it takes too long."""
    found = within(SECONDS, lambda: judge_statement("name", statement, SEARCH))
    return None if found is LATE else found


def verdict(statement: Statement) -> Verdict | None:
    found = judged(statement)
    return None if found is None else found.verdict


def points(statement: Statement) -> Iterator[dict[Symbol, Any]]:
    """Values from short lists, in an order that no engine uses."""
    pools = []
    for symbol in statement.variables:
        values = INTEGER_VALUES if symbol.domain.integer else REAL_VALUES
        allowed = [v for v in reversed(values) if symbol.domain.contains(v)]
        pools.append([_member(v) for v in allowed] if symbol.arity else allowed)
    for values in islice(product(*pools), 0, None, 7):
        yield dict(zip(statement.variables, values, strict=True))


def _member(number: Fraction) -> Callable[..., Fraction]:
    """A family of two values."""
    return lambda *indices: number if sum(indices) % 2 else Fraction(1)


def counterexample(statement: Statement) -> object:
    for point in islice(points(statement), POINTS):
        try:
            if fails(statement, point):
                return point
        except (Inexact, OverflowError):
            continue
    return None


def satisfiable(statement: Statement) -> bool:
    """Whether some point satisfies what is given, as plain fractions see it."""
    for point in points(statement):
        try:
            if all(holds(g, point) for g in statement.given):
                return True
        except (Inexact, UndefinedHere, OverflowError):
            continue
    return False


# --- the properties --------------------------------------------------------------------------


@given(STATEMENTS)
@examples(300)
def test_text_and_json_say_the_same(statement: Statement) -> None:
    known = {**VARIABLES, **DECLARED}
    for relation in (statement.claim, *statement.given):
        assert parse(repr(relation), known) is relation
    assert decode_statement(encode_statement(statement)) == statement


def check(statement: Statement) -> Verdict | None:
    """All that is true of one verdict by itself."""
    result = judged(statement)
    if result is None:
        return None
    assert result.verdict is not Verdict.ERROR, result.reason
    if result.verdict is Verdict.PROVED:
        (written,) = result.certificates.values()
        assert replay(written).statement == statement
        assert counterexample(statement) is None
        if satisfiable(statement):
            opposite = Statement(statement.claim.negation, statement.given)
            assert verdict(opposite) not in (Verdict.PROVED, Verdict.VACUOUS)
    elif result.verdict is Verdict.VACUOUS:
        assert not satisfiable(statement)
    elif result.verdict is Verdict.REFUTED and not any(s.arity for s in statement.variables):
        assert violates(statement, result.counterexample or {}) is not False
    return result.verdict


def violates(statement: Statement, values: dict[str, str]) -> bool | None:
    """Whether the printed values satisfy what is given and not the claim, in plain fractions."""
    at: dict[Symbol, Fraction] = {}
    assert values.keys() == {s.name for s in statement.variables}
    for symbol in statement.variables:
        term = parse_term(values[symbol.name])
        if not isinstance(term, Number):
            return None
        at[symbol] = term.value
        assert symbol.domain.contains(term.value)
    try:
        return fails(statement, at)
    except (Inexact, OverflowError):
        return None


def test_verdicts_stand_up_to_exact_evaluation() -> None:
    found: list[Verdict | None] = []

    @given(STATEMENTS)
    @examples(50)
    def run(statement: Statement) -> None:
        found.append(check(statement))

    run()
    assert min(found.count(Verdict.PROVED), found.count(Verdict.REFUTED)) >= 8


def test_verdicts_on_near_neighbours_of_identities_stand_up() -> None:
    generator = Generator(2024)
    found = [check(generator.statement()) for _ in range(20)]
    assert min(found.count(Verdict.PROVED), found.count(Verdict.REFUTED)) >= 2


@given(STATEMENTS)
@examples(15)
def test_names_do_not_matter(statement: Statement) -> None:
    renamed = Statement(
        substitute(statement.claim, RENAMED), [substitute(g, RENAMED) for g in statement.given]
    )
    assert_same(verdict(statement), verdict(renamed))


@given(CLAIMS, st.lists(GIVEN, min_size=2, max_size=3, unique=True))
@examples(15)
def test_the_order_of_conditions_does_not_matter(
    claim: Relation, conditions: list[Relation]
) -> None:
    turned = Statement(claim, conditions[::-1])
    assert_same(verdict(Statement(claim, conditions)), verdict(turned))


def assert_same(one: Verdict | None, two: Verdict | None) -> None:
    """Equal where both were reached in time; never a proof beside a refutation."""
    if one is not None and two is not None and one is not two:
        weaker = {Verdict.SUPPORTED, Verdict.UNDECIDED}
        assert {one, two} <= weaker | {Verdict.PROVED} or {one, two} <= weaker | {Verdict.REFUTED}


@given(CLAIMS, st.lists(GIVEN, max_size=1), GIVEN)
@examples(20)
def test_another_condition_refutes_nothing(
    claim: Relation, conditions: list[Relation], more: Relation
) -> None:
    narrow = Statement(claim, [*conditions, more])
    before, after = verdict(Statement(claim, conditions)), verdict(narrow)
    assume(before is not None and after is not None)
    if before is Verdict.PROVED:
        assert after is not Verdict.REFUTED
    if before is Verdict.VACUOUS:
        assert after in (Verdict.VACUOUS, Verdict.PROVED, Verdict.UNDECIDED)


def test_the_number_of_processes_does_not_matter() -> None:
    generator = Generator(7)
    statements = [generator.statement() for _ in range(8)]
    quick = [s for s in statements if (r := judged(s)) is not None and r.seconds < SEARCH]
    assert len(quick) >= 3
    tasks = [Task(str(k), "claim", statement=s) for k, s in enumerate(quick)]
    one, three = ({r.name: r.verdict for r in judge_all(tasks, jobs=j)} for j in (1, 3))
    assert one == three
    assert len(one) == len(tasks)


def test_a_wrong_verdict_would_be_seen() -> None:
    """The checks above are not empty: they tell a false proof, and a bad refutation."""
    false = Statement(x + 1 > 0)
    assert counterexample(false) is not None
    assert violates(false, {"x": "0"}) is False
    assert violates(false, {"x": "-1"}) is True
    assert violates(Statement(x > 0, [y > 0]), {"x": "-1", "y": "-1"}) is False
    assert not satisfiable(Statement(x > 0, [x > 1, x < 0]))
