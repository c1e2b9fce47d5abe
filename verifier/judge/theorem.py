"""Judging a theorem: each claim by its link, each link by its reason; then attacks on all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from time import perf_counter

from verifier.engines.counterexample import falsify
from verifier.engines.proof import prover
from verifier.engines.proof.calculation import sharpness_theorems
from verifier.errors import TheoremError
from verifier.judge.claim import contradicts_itself, judge_statement
from verifier.judge.findings import counterexample, trust
from verifier.kernel.certificate import certificate
from verifier.kernel.polynomial import Refused
from verifier.statements.statement import Statement
from verifier.statements.vocabulary import H, k, shared, sharpness
from verifier.theorem import Disproved, Lemmas, Proofs, Theorem
from verifier.verdicts import Evidence, Result, Verdict, assignment, weakest


def judge_theorem(
    theorem: Theorem, lemmas: Lemmas, attack: bool = True, proofs: Proofs | None = None
) -> Result:
    """The verdict on a theorem: that of its weakest claim; its links and attacks are evidence.

    It is proved only by its own chain: where a link is not accepted, a claim that a search proves
    leaves it undecided.
    `lemmas` finds claims of other theorems; `proofs` are links that are proved already.
    """
    start = perf_counter()
    proofs = proofs or Proofs(theorem, lemmas)
    links = [_link(theorem, proofs, link.name) for link in theorem.proof]
    attacks = list(_attacks(theorem)) if attack else []
    tried = {e.name for e in attacks if e.verdict is Verdict.SUPPORTED}
    parts: list[Evidence] = []
    certificates: dict[str, dict[str, object]] = {}
    rests: list[str] = []
    failures: list[Evidence] = []
    empty: list[str] = []
    for name, statement in theorem.statements().items():
        judged = next(e for e in links if e.name == name)
        part = replace(judged, kind="part", text=theorem.title)
        if judged.verdict is Verdict.PROVED:
            proof = proofs.link(name)
            if proof.statement != statement:
                raise TheoremError(
                    f"{theorem.label}: {name!r} was not what was proved", "report it"
                )
            excluded = None if name in tried else contradicts_itself(statement)
            if excluded is None:
                rests.extend(trust(proof))
                label = f"{theorem.label}/{name}"
                certificates[label] = certificate(label, proof)
            else:
                part = replace(part, verdict=Verdict.VACUOUS)
                empty.append(f"{name}: what is given excludes {excluded}")
        else:
            result = judge_statement(name, statement)
            rests.extend(result.trust)
            part = replace(
                part, verdict=result.verdict, counterexample=assignment(result.counterexample)
            )
            if result.verdict is Verdict.REFUTED:
                failures.extend(replace(e, name=name) for e in result.evidence)
        parts.append(part)
    contradicted = [e for e in attacks if e.verdict in (Verdict.ERROR, Verdict.REFUTED)]
    verdict = weakest(p.verdict for p in parts if p.verdict is not None)
    if contradicted and verdict is Verdict.PROVED:
        verdict = Verdict.ERROR  # a proof and an attack that contradict each other
    broken = [e for e in links if e.verdict is not Verdict.PROVED]
    if broken and verdict is Verdict.PROVED:
        verdict = Verdict.UNDECIDED
    reasons = (
        empty
        + [e.text for e in contradicted]
        + [f"{theorem.link(e.name).place}: {e.text}" for e in broken]
    )
    return Result(
        theorem.label,
        verdict,
        tuple(theorem.statements().values()),
        tuple(dict.fromkeys(rests)),
        (*parts, *failures, *links, *attacks),
        None,
        perf_counter() - start,
        theorem.title,
        "; ".join(dict.fromkeys(reasons)),
        theorem.source,
        certificates,
    )


@lru_cache
def prepare_attacks() -> None:
    """Have at hand what every attack needs, for the processes that are forked after this."""
    from verifier.engines.witness import draws, sizes

    simple = Statement(sharpness(shared(k)) >= 0, (k <= H,))
    sizes.check(simple)  # SymPy derives the networks of all sizes
    draws.check(simple)
    sharpness_theorems()


def _link(theorem: Theorem, proofs: Proofs, name: str) -> Evidence:
    link = theorem.link(name)
    statement = theorem.link_statement(link)
    verdict, text = Verdict.PROVED, str(link.by)
    try:
        proofs.link(name)
    except Refused as refusal:
        verdict, text = Verdict.UNDECIDED, str(refusal)
    return Evidence("link", text, verdict, proofs.seconds.get(name, 0.0), statement, name)


def _attacks(theorem: Theorem) -> Iterator[Evidence]:
    from verifier.engines.witness import draws, sizes

    checks = (
        ("exact", sizes.check, "exact cases with H*L <= 24, from the SymPy-derived Hessian"),
        ("numeric", draws.check, "cases drawn by Hypothesis, at 50 digits from the definition"),
    )
    for kind, check, words in checks:
        for name, statement in theorem.statements().items():
            start = perf_counter()
            held, failing = check(statement)
            took = perf_counter() - start
            if failing is not None:
                at = ", ".join(f"{s} = {v}" for s, v in failing.items())
                yield Evidence(kind, f"fails at {at}", Verdict.REFUTED, took, statement, name)
            elif held:
                yield Evidence(kind, f"{held} {words}", Verdict.SUPPORTED, took, None, name)
    yield from _independent(theorem.statements())
    for own in theorem.checks:
        start = perf_counter()
        try:
            count = own.run()
        except Disproved as failure:
            yield Evidence("exact", str(failure), Verdict.REFUTED, perf_counter() - start)
        else:
            text = f"{count} {own.words}"
            yield Evidence("exact", text, Verdict.SUPPORTED, perf_counter() - start)
    for statement in theorem.false_neighbours:
        yield _neighbour(statement)


def _independent(statements: dict[str, Statement]) -> Iterator[Evidence]:
    """All claims once more, in one process where SymPy runs without FLINT."""
    from verifier.engines.witness import independent

    start = perf_counter()
    try:
        found = independent.check_all(list(statements.values()))
    except independent.NoWitness as error:
        yield Evidence("independent", str(error), Verdict.UNDECIDED, perf_counter() - start)
        return
    took = (perf_counter() - start) / max(1, len(statements))
    for (name, statement), (held, failing) in zip(statements.items(), found, strict=True):
        if failing is not None:
            text = f"fails at {failing}, where SymPy runs without FLINT"
            yield Evidence("independent", text, Verdict.REFUTED, took, statement, name)
        elif held:
            text = f"{held} cases in a process where SymPy runs without FLINT"
            yield Evidence("independent", text, Verdict.SUPPORTED, took, None, name)


def _neighbour(statement: Statement) -> Evidence:
    """A false neighbour must be refuted; one that is proved contradicts the theorem's purpose."""
    start = perf_counter()
    search = falsify.search(statement, 10)
    took = perf_counter() - start
    if search.refuted is not None:
        at = assignment(counterexample(search.refuted))
        return Evidence("neighbour", "refuted, as it must be", None, took, statement, "", at)
    try:
        prover.search(statement)
    except Refused:
        return Evidence("neighbour", "not refuted", Verdict.UNDECIDED, took, statement)
    return Evidence("neighbour", "proved, though meant to be false", Verdict.ERROR, took, statement)
