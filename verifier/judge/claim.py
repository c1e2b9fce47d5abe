"""Judging one statement: the engines in turn, cheap ones first, until one settles it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from time import perf_counter

from verifier.engines.counterexample import falsify, judging
from verifier.engines.enclosure import enclosure
from verifier.engines.proof import prover
from verifier.engines.smt import smt
from verifier.judge import findings
from verifier.kernel.context import definedness
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import prove
from verifier.statements.statement import Statement
from verifier.verdicts import Evidence, Result, Verdict, assignment

SECONDS = 40.0  # for one claim, unless a timeout is given
Z3 = "z3, and the translation into its language"
ARB = "ball arithmetic (Arb)"
Report = Callable[[Result], None]


def judge_statement(
    name: str, statement: Statement, seconds: float = SECONDS, report: Report | None = None
) -> Result:
    """The verdict on one statement.

    `seconds` are shared among the engines; `report` is told what is known before the last of them
    has ended, so that a judge who is stopped has not worked in vain.
    """
    start = perf_counter()

    def complete(result: Result) -> Result:
        return replace(result, statements=(statement,), seconds=perf_counter() - start)

    result = None
    for result in _Judge(name, statement, seconds).results():
        if result.verdict is not Verdict.SUPPORTED:
            return complete(result)
        if report is not None:
            report(complete(result))
    return complete(Result(name, Verdict.UNDECIDED) if result is None else result)


class _Judge:
    """The engines, each with its share of the time; what they say is combined as it comes."""

    def __init__(self, name: str, statement: Statement, seconds: float) -> None:
        self.name, self.statement, self.seconds = name, statement, seconds
        self.reason = ""
        self.held: falsify.Search | None = None
        self.doubt = ""  # where it fails by mpmath alone

    def results(self) -> Iterator[Result]:
        """What each engine says that says anything: `supported` until one settles it."""
        for engine, share in (
            (self.contradictory, 0.0),
            (self.quick_proof, 0.05),
            (self.small_cases, 0.05),
            (self.proof, 0.3),
            (self.z3, 0.1),
            (self.more_cases, 0.3),
            (self.balls, 0.1),
        ):
            result = engine(share * self.seconds)
            if result is not None:
                yield result
        yield self.unsettled()

    def contradictory(self, _: float) -> Result | None:
        relation = contradicts_itself(self.statement)
        if relation is None:
            return None
        return Result(self.name, Verdict.VACUOUS, reason=f"what is given excludes {relation}")

    def quick_proof(self, seconds: float) -> Result | None:
        return self._proof(prover.QUICK, seconds)

    def proof(self, seconds: float) -> Result | None:
        result = self._proof(prover.THOROUGH, seconds)
        if self.reason == f"calculation does not show {self.statement.claim!r}":
            self.reason = findings.unproved(self.statement)
        return result

    def _proof(self, effort: prover.Effort, seconds: float) -> Result | None:
        try:
            proof = prover.search(self.statement, effort, seconds)
        except Refused as refusal:
            self.reason = self.reason or str(refusal)
            return None
        look = self.held or falsify.first_cases(self.statement)
        if look.refuted is not None:
            at = assignment(findings.counterexample(look.refuted))
            return findings.contradiction(
                self.name, f"the proof ({proof.rule})", f"the search, which fails at {at},"
            )
        if self.doubt:
            proved = f"the proof ({proof.rule})"
            return findings.contradiction(self.name, proved, self.by_digits())
        result = findings.proved(self.name, proof)
        return _with(result, NO_VALUES) if look.witness is None else result

    def small_cases(self, seconds: float) -> Result | None:
        return self._cases(falsify.quick(self.statement, seconds))

    def more_cases(self, seconds: float) -> Result | None:
        return self._cases(falsify.search(self.statement, seconds))

    def _cases(self, search: falsify.Search) -> Result | None:
        if search.refuted is not None:
            return findings.refuted(self.name, search.refuted)
        self.held = search
        if search.doubt is not None:
            at = assignment(findings.values_text(self.statement, search.doubt))
            self.doubt = at or "the only point"
        return self.unsettled() if search.held and not self.doubt else None

    def by_digits(self) -> str:
        """Who says that it fails, where the kernel does not decide it."""
        return f"mpmath, by which it fails at {self.doubt},"

    def unsettled(self) -> Result:
        """`supported` where cases hold and none is in doubt, else `undecided`; with the reason."""
        search = self.held
        if search is None or not search.held or self.doubt:
            evidence = (_tried(search),) if search and not self.doubt else ()
            reason = self.reason
            if self.doubt:
                reason = f"it seems to fail at {self.doubt}, where the kernel does not decide it"
            return Result(self.name, Verdict.UNDECIDED, evidence=evidence, reason=reason)
        return Result(
            self.name,
            Verdict.SUPPORTED,
            trust=("cases tried",),
            evidence=(_tried(search),),
            reason=self.reason,
        )

    def z3(self, seconds: float) -> Result | None:
        answer = smt.decide(self.statement, seconds)
        if answer.kind == "valid":
            attack = falsify.search(self.statement, seconds)
            if attack.refuted is not None:
                at = assignment(findings.counterexample(attack.refuted))
                search = f"the search, which fails at {at},"
                return findings.contradiction(self.name, "z3, which says it holds,", search)
            if self.doubt:
                z3 = "z3, which says it holds,"
                return findings.contradiction(self.name, z3, self.by_digits())
            result = Result(
                self.name,
                Verdict.PROVED,
                trust=(Z3,),
                evidence=(Evidence("proof", "z3 finds no counterexample, and says there is none"),),
            )
            known = self.held is not None and self.held.witness is not None
            return result if known else _with(result, NO_VALUES)
        if answer.values is not None:
            try:
                refutation = judging.confirm(self.statement, answer.values)
            except Refused:
                return None
            return findings.refuted(self.name, falsify.smaller(refutation, seconds))
        return None

    def balls(self, seconds: float) -> Result | None:
        try:
            found = enclosure.enclose(self.statement, seconds)
        except Refused:
            return None
        text = f"{found.boxes} boxes, {found.bits} bits: {found.where}"
        return Result(
            self.name, Verdict.ENCLOSED, trust=(ARB,), evidence=(Evidence("enclosure", text),)
        )


NO_VALUES = Evidence("note", "no values were found that satisfy everything that is given")


def _with(result: Result, evidence: Evidence) -> Result:
    return replace(result, evidence=(*result.evidence, evidence))


def _tried(search: falsify.Search) -> Evidence:
    reach = search.reach or "stopped"
    return Evidence("search", f"{search.held} cases hold, none fails: {reach}")


def contradicts_itself(statement: Statement) -> str | None:
    """A relation that is given and excluded by the others, if the kernel sees one.

    Or one without which what is given has no value.
    """
    for relation in statement.given:
        others = [g for g in statement.given if g is not relation]
        for needed in (relation, *definedness((relation,))):
            with suppress(Refused):
                prove("arithmetic", Statement(needed.negation, others))
                return repr(needed)
    return None
