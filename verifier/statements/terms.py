"""Terms: the immutable, exact expressions that every statement is made of.

A term is a `Number` (an exact rational), a `Symbol` (a variable with its domain) or an
`Apply` (an operation and its arguments).  Terms are interned: two equal terms are one object,
so that structural equality is identity and every visitor can remember what it has seen.

>>> x, L = Symbol("x"), Symbol("L", INTEGER)
>>> (x + 1) ** L is (x + 1) ** L
True

`==` between terms builds a `Relation`, as `<` does; its truth value is structural identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, ClassVar, Union
from weakref import WeakValueDictionary

from verifier.errors import StatementError

_interned: WeakValueDictionary[tuple[Any, ...], Any] = WeakValueDictionary()


class Domain:
    """Where a variable lives: the reals or the integers, from a lower bound on.

    >>> Domain(integer=True, lower=1)
    integer >= 1
    >>> Domain(lower=0, strict=True)
    real > 0
    """

    __slots__ = ("__weakref__", "integer", "lower", "strict")
    integer: bool
    lower: Fraction | None
    strict: bool

    def __new__(
        cls, integer: bool = False, lower: int | Fraction | None = None, strict: bool = False
    ) -> Domain:
        bound = None if lower is None else Fraction(lower)
        if integer and bound is not None and strict:  # n > 0 and n >= 1 are one domain
            bound, strict = Fraction(bound.__floor__() + 1), False
        key = (cls, integer, bound, strict)
        self = _interned.get(key)
        if self is None:
            self = object.__new__(cls)
            self.integer, self.lower, self.strict = integer, bound, strict
            _interned[key] = self
        return self

    def __repr__(self) -> str:
        kind = "integer" if self.integer else "real"
        if self.lower is None:
            return kind
        return f"{kind} {'>' if self.strict else '>='} {self.lower}"

    def __reduce__(self) -> tuple[Any, ...]:
        return Domain, (self.integer, self.lower, self.strict)

    def contains(self, value: int | Fraction) -> bool:
        """Whether an exact number lies in the domain."""
        if self.integer and value.denominator != 1:
            return False
        return self.lower is None or value > self.lower or (value == self.lower and not self.strict)


REAL = Domain()
INTEGER = Domain(integer=True)
COUNT = Domain(integer=True, lower=1)
POSITIVE = Domain(lower=0, strict=True)
NONNEGATIVE = Domain(lower=0)

TermLike = Union["Term", int, Fraction]


class Term:
    """An exact expression.  Python's operators build larger terms and relations."""

    __slots__ = ("__weakref__", "_free", "_text")
    _free: frozenset[Symbol]
    _text: str

    def __add__(self, other: TermLike) -> Term:
        return Apply("+", self, other)

    def __radd__(self, other: TermLike) -> Term:
        return Apply("+", other, self)

    def __sub__(self, other: TermLike) -> Term:
        return Apply("-", self, other)

    def __rsub__(self, other: TermLike) -> Term:
        return Apply("-", other, self)

    def __mul__(self, other: TermLike) -> Term:
        return Apply("*", self, other)

    def __rmul__(self, other: TermLike) -> Term:
        return Apply("*", other, self)

    def __truediv__(self, other: TermLike) -> Term:
        return divide(self, as_term(other))

    def __rtruediv__(self, other: TermLike) -> Term:
        return divide(as_term(other), self)

    def __pow__(self, other: TermLike) -> Term:
        return Apply("**", self, other)

    def __rpow__(self, other: TermLike) -> Term:
        return Apply("**", other, self)

    def __neg__(self) -> Term:
        return negate(self)

    def __pos__(self) -> Term:
        return self

    def __lt__(self, other: TermLike) -> Relation:
        return Relation("<", self, other)

    def __le__(self, other: TermLike) -> Relation:
        return Relation("<=", self, other)

    def __gt__(self, other: TermLike) -> Relation:
        return Relation(">", self, other)

    def __ge__(self, other: TermLike) -> Relation:
        return Relation(">=", self, other)

    def __eq__(self, other: object) -> Relation:  # type: ignore[override]
        if not isinstance(other, Term | int | Fraction | float):
            return NotImplemented
        return Relation("==", self, other)  # type: ignore[arg-type]

    def __ne__(self, other: object) -> Relation:  # type: ignore[override]
        if not isinstance(other, Term | int | Fraction | float):
            return NotImplemented
        return Relation("!=", self, other)  # type: ignore[arg-type]

    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise StatementError("a term has no truth value", "compare it with another term")

    def __repr__(self) -> str:
        try:
            return self._text
        except AttributeError:
            from verifier.statements.text import text

            self._text = text(self)
            return self._text

    def _repr_latex_(self) -> str:
        from verifier.statements.latex import displayed

        return displayed(self)

    @property
    def free(self) -> frozenset[Symbol]:
        """The symbols that occur free."""
        return self._free


class Number(Term):
    """An exact rational number.

    >>> Number(Fraction(2, 4))
    1/2
    """

    __slots__ = ("value",)
    value: Fraction

    def __new__(cls, value: int | Fraction | str) -> Number:
        exact = Fraction(value)
        key = (cls, exact)
        self = _interned.get(key)
        if self is None:
            self = object.__new__(cls)
            self.value, self._free = exact, frozenset()
            _interned[key] = self
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Number, (self.value,)


class Symbol(Term):
    """A variable with its domain; a family of variables when `arity` is not zero.

    >>> s = Symbol("s", NONNEGATIVE, arity=1)
    >>> s[Symbol("h", INTEGER)]
    s[h]
    """

    __slots__ = ("arity", "domain", "name")
    name: str
    domain: Domain
    arity: int

    def __new__(cls, name: str, domain: Domain = REAL, arity: int = 0) -> Symbol:
        if not name.isidentifier():
            raise StatementError(f"{name!r} is not a name", "use letters, digits and underscores")
        if ARITY.get(name) == 0:  # the text of the variable would be that of the constant
            raise StatementError(f"{name} is a word of the language", "choose another name")
        key = (cls, name, domain, arity)
        self = _interned.get(key)
        if self is None:
            self = object.__new__(cls)
            self.name, self.domain, self.arity = name, domain, arity
            self._free = frozenset([self])
            _interned[key] = self
        return self

    def __getitem__(self, index: TermLike | tuple[TermLike, ...]) -> Term:
        indices = index if isinstance(index, tuple) else (index,)
        return Apply("[]", self, *indices)

    def __iter__(self) -> Iterator[Term]:
        raise StatementError(f"the family {self.name} cannot be listed", "index it: s[h]")

    def __reduce__(self) -> tuple[Any, ...]:
        return Symbol, (self.name, self.domain, self.arity)


ANY = -1
#: Every operation of the language, with its number of arguments.
ARITY: Mapping[str, int] = {
    "+": 2, "-": 2, "*": 2, "/": 2, "**": 2, "neg": 1,
    "sqrt": 1, "exp": 1, "log": 1, "sin": 1, "cos": 1, "Abs": 1, "Min": 2, "Max": 2,
    "pi": 0, "oo": 0,
    "[]": ANY,  # a member of a family: symbol, indices
    "Iverson": 1,  # 1 where a relation holds, else 0
    "Sum": 4, "Product": 4,  # body, index, lower bound, upper bound; empty when upper < lower
    "limit": 3,  # body, variable, point
    "root": 4,  # body, variable, lower bound, upper bound: the least root in between
    "diff": 2,  # body, variable or member of a family
    "lambda": ANY,  # index, ..., body
    "chain": 6,  # matrices, first and last layer, row, column, width
    "single_path": 0, "balanced": 0, "shared": 1, "split": 1, "weights": 1,
    "matrices": 2,  # weights by pathway, layer, row and column; width
    "sharpness": 4,  # allocation, pathways, depth, target
    "hessian": 8,  # allocation, pathways, depth, target, then two weights: h, l, i, j
}  # fmt: skip
#: The operations that bind a symbol, with the positions of what is in its scope.
BINDERS: Mapping[str, tuple[int, tuple[int, ...]]] = {
    "Sum": (1, (0,)), "Product": (1, (0,)), "limit": (1, (0,)), "root": (1, (0,)),
}  # fmt: skip
ALLOCATIONS = ("single_path", "balanced", "shared", "split", "weights", "matrices")
FAMILIES: Mapping[str, int] = {"split": 1, "weights": 2, "chain": 3, "matrices": 4}  # of indices


class Apply(Term):
    """An operation applied to its arguments.

    Raises:
        StatementError: an unknown operation, or a wrong number or kind of arguments.
    """

    __slots__ = ("args", "head")
    head: str
    args: tuple[Any, ...]
    _checks: ClassVar[dict[str, Any]] = {}

    def __new__(cls, head: str, *args: TermLike | Relation) -> Apply:
        terms = tuple(a if isinstance(a, Relation) else as_term(a) for a in args)
        key = (cls, head, terms)
        self = _interned.get(key)
        if self is None:
            _check(head, terms)
            self = object.__new__(cls)
            self.head, self.args = head, terms
            self._free = _free_of(head, terms)
            _interned[key] = self
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Apply, (self.head, *self.args)

    def scopes(self) -> Iterator[tuple[Symbol, Term]]:
        """Every symbol that this operation binds, with each argument in its scope."""
        if self.head == "lambda":
            *bound, body = self.args
            yield from ((symbol, body) for symbol in bound)
        elif self.head in BINDERS:
            position, scope = BINDERS[self.head]
            yield from ((self.args[position], self.args[i]) for i in scope)


class Relation:
    """Two terms compared: `<`, `<=`, `==`, `!=`, `>=` or `>`.

    >>> x = Symbol("x")
    >>> (x < 1).negation
    x >= 1
    """

    __slots__ = ("__weakref__", "lhs", "op", "rhs")
    op: str
    lhs: Term
    rhs: Term
    OPPOSITE: ClassVar[Mapping[str, str]] = {
        "<": ">=", ">=": "<", "<=": ">", ">": "<=", "==": "!=", "!=": "==",
    }  # fmt: skip

    def __new__(cls, op: str, lhs: TermLike, rhs: TermLike) -> Relation:
        if op not in cls.OPPOSITE:
            raise StatementError(f"{op!r} is not a relation", "use < <= == != >= >")
        left, right = as_term(lhs), as_term(rhs)
        key = (cls, op, left, right)
        self = _interned.get(key)
        if self is None:
            self = object.__new__(cls)
            self.op, self.lhs, self.rhs = op, left, right
            _interned[key] = self
        return self

    @property
    def negation(self) -> Relation:
        """The relation that holds exactly where this one fails (both sides defined)."""
        return Relation(self.OPPOSITE[self.op], self.lhs, self.rhs)

    @property
    def free(self) -> frozenset[Symbol]:
        """The symbols that occur free on either side."""
        return self.lhs.free | self.rhs.free

    def _repr_latex_(self) -> str:
        from verifier.statements.latex import displayed

        return displayed(self)

    def __bool__(self) -> bool:
        if self.op == "==":
            return self.lhs is self.rhs
        if self.op == "!=":
            return self.lhs is not self.rhs
        raise StatementError(
            f"the relation {self!r} has no truth value", "state chained bounds one by one"
        )

    def __repr__(self) -> str:
        from verifier.statements.text import text

        return text(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Relation, (self.op, self.lhs, self.rhs)


Node = Term | Relation


def as_term(value: object) -> Term:
    """The term for a Python number, or the term itself.

    >>> as_term(Fraction(1, 3))
    1/3

    Raises:
        StatementError: floats and whatever else is not exact.
    """
    if isinstance(value, Term):
        return value
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Number(value)
    if isinstance(value, float):
        raise StatementError(
            f"{value!r} is a float",
            "write Fraction(1, 2) or rational(1, 2): Python makes 1/2 a float",
        )
    raise StatementError(f"{value!r} is not a term", "use numbers, symbols and operations")


def negate(term: Term) -> Term:
    """`-term`, folded for a literal number."""
    return Number(-term.value) if isinstance(term, Number) else Apply("neg", term)


def divide(numerator: Term, denominator: Term) -> Term:
    """`numerator / denominator`, folded for literal numbers (but never by zero)."""
    if isinstance(numerator, Number) and isinstance(denominator, Number) and denominator.value:
        return Number(numerator.value / denominator.value)
    return Apply("/", numerator, denominator)


def _check(head: str, args: tuple[Node, ...]) -> None:
    arity = ARITY.get(head)
    if arity is None:
        raise StatementError(f"unknown operation {head!r}", "known: " + ", ".join(sorted(ARITY)))
    if arity != ANY and len(args) != arity:
        raise StatementError(f"{head} takes {arity} arguments, not {len(args)}", "")
    if any(isinstance(a, Relation) for a in args) != (head == "Iverson"):
        raise StatementError(f"{head} of a relation", "only Iverson(...) takes a relation")
    if head == "[]":
        family = args[0] if args else None
        if not (isinstance(family, Symbol) and 0 < family.arity == len(args) - 1):
            raise StatementError("wrong number of indices", "index a family by its arity")
    elif head in BINDERS:
        bound = args[BINDERS[head][0]]
        if not isinstance(bound, Symbol) or bound.arity or bound.domain.lower is not None:
            raise StatementError(f"{head} needs a plain index symbol", "as in Sum(l, (l, 1, L))")
        if head in ("Sum", "Product") and not bound.domain.integer:
            raise StatementError(f"the index {bound} is not an integer symbol", "declare it so")
        if head == "root" and bound.domain.integer:
            raise StatementError(f"a root {bound} is not an integer symbol", "declare it real")
    elif head == "diff":
        variable = args[1]
        if not isinstance(variable, Symbol) and not (
            isinstance(variable, Apply) and variable.head == "[]"
        ):
            raise StatementError("diff by something that is no variable", "diff(e, x)")
    elif head == "lambda":
        bound_symbols = args[:-1]
        if not bound_symbols or any(
            not isinstance(s, Symbol) or s.domain is not INTEGER or s.arity for s in bound_symbols
        ):
            raise StatementError("a lambda binds plain integer symbols", "lambda h, l: ...")
        if len(set(bound_symbols)) < len(bound_symbols):
            raise StatementError("a lambda binds one symbol twice", "rename one")
    elif head in ("sharpness", "hessian"):
        allocation = args[0]
        if not isinstance(allocation, Apply) or allocation.head not in ALLOCATIONS:
            raise StatementError(
                f"{head} of something that is no allocation",
                "use single_path, shared(k), balanced or split(s)",
            )
        matrices = allocation.head == "matrices"
        if head == "hessian" and matrices:
            raise StatementError("hessian(...) of matrices", "differentiate the loss")
        if arity_of(args[3]) != (2 if matrices else 0):
            wanted = "a family of two indices" if matrices else "a number"
            raise StatementError(
                f"the target of {allocation.head} is {wanted}, not {args[3]!r}",
                "sharpness(allocation, H, L, target)",
            )
    elif head in FAMILIES and arity_of(args[0]) != FAMILIES[head]:
        raise StatementError(f"{head} needs a family of {FAMILIES[head]} indices", f"{head}(s)")
    sizes = {"chain": args[5:], "sharpness": args[2:3], "hessian": args[2:3]}.get(head, ())
    if any(arity_of(size) > 1 for size in sizes):
        raise StatementError(f"a size in {head} with several indices", "use a family of one index")


def arity_of(term: Node) -> int:
    """The number of indices of a family or lambda; 0 of a number."""
    if isinstance(term, Symbol):
        return term.arity
    return len(term.args) - 1 if isinstance(term, Apply) and term.head == "lambda" else 0


def _free_of(head: str, args: tuple[Node, ...]) -> frozenset[Symbol]:
    if head in BINDERS:
        position, scope = BINDERS[head]
        bound = args[position]
        inside: frozenset[Symbol] = frozenset().union(*(args[i].free for i in scope))
        outside = [a.free for i, a in enumerate(args) if i not in scope and i != position]
        return (inside - {bound}).union(*outside)
    if head == "lambda":
        return args[-1].free - frozenset(args[:-1])
    return frozenset().union(*(a.free for a in args)) if args else frozenset()


def subterms(node: Any) -> Iterator[Any]:
    """Every node inside, each once, the node itself first."""
    seen: set[Any] = set()
    stack = [node]
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        yield current
        if isinstance(current, Apply):
            stack.extend(current.args)
        elif isinstance(current, Relation):
            stack.extend((current.lhs, current.rhs))
