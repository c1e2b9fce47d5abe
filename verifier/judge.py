"""Judging: a proof is looked for, then a counterexample; a theorem is also attacked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

from verifier.engines import falsify, prover
from verifier.errors import TheoremError, VerifierError
from verifier.kernel.certificate import certificate
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Proved, prove
from verifier.kernel.refuted import Refuted
from verifier.statements.statement import Statement
from verifier.theorem import Disproved, Lemmas, Proofs, Theorem
from verifier.verdicts import Evidence, Result, Verdict, weakest

KERNEL = "the kernel"
DEFINITION = "the definition of sharpness in the kernel"


def judge_statement(name: str, statement: Statement, seconds: float = 20.0) -> Result:
    """The verdict on one statement: proved, refuted, vacuous, supported or undecided.

    `seconds` bounds the search for a counterexample.
    """
    start = perf_counter()
    result = _judge(name, statement, seconds)
    return replace(result, statements=(statement,), seconds=perf_counter() - start)


def _judge(name: str, statement: Statement, seconds: float) -> Result:
    contradiction = contradicts_itself(statement)
    if contradiction is not None:
        return Result(name, Verdict.VACUOUS, reason=f"what is given excludes {contradiction}")
    try:
        proof = prover.search(statement)
    except Refused as refusal:
        return _without_proof(name, statement, seconds, str(refusal))
    look = falsify.first_cases(statement)
    if look.refuted is not None:
        return _contradiction(name, look.refuted, proof)
    note = Evidence("note", "no values were found that satisfy everything that is given")
    return Result(
        name,
        Verdict.PROVED,
        trust=trust(proof),
        evidence=(proof_evidence(proof), *([note] if look.witness is None else [])),
        certificates={name: certificate(name, proof)},
    )


def _contradiction(name: str, refuted: Refuted, proof: Proved) -> Result:
    """A proof and a counterexample: a fault of this program, never a verdict."""
    at = _text(counterexample(refuted))
    reason = f"the proof ({proof.rule}) and the search, which fails at {at}, contradict each other"
    return Result(name, Verdict.ERROR, reason=reason)


def _without_proof(name: str, statement: Statement, seconds: float, reason: str) -> Result:
    search = falsify.search(statement, seconds)
    tried = Evidence("search", f"{search.held} cases hold, none fails: {search.reach or 'stopped'}")
    if search.refuted is not None:
        return _refuted(name, search.refuted)
    if search.held:
        return Result(name, Verdict.SUPPORTED, (), ("cases tried",), (tried,), reason=reason)
    return Result(name, Verdict.UNDECIDED, (), (), (tried,), reason=reason)


def _refuted(name: str, refuted: Refuted) -> Result:
    values = counterexample(refuted)
    failure = refuted.failure
    if _holds_numerically(refuted):
        reason = f"the kernel refutes it at {_text(values)}, the numeric engine says it holds there"
        return Result(name, Verdict.ERROR, reason=reason)
    if isinstance(failure, Proved):
        shown = repr(failure.statement.claim)
    else:
        shown = f"undefined, {failure!r} fails"
    return Result(
        name,
        Verdict.REFUTED,
        trust=(KERNEL,),
        evidence=(Evidence("counterexample", shown), *_both_sides(refuted)),
        counterexample=values,
    )


def _holds_numerically(refuted: Refuted) -> bool:
    from verifier.engines import numeric

    try:
        return numeric.holds(refuted.statement, refuted.values) is True
    except VerifierError:
        return False


def _both_sides(refuted: Refuted) -> Iterator[Evidence]:
    """The values of both sides at the counterexample, from the definition, where they are small."""
    from verifier.engines import numeric

    claim = refuted.statement.claim
    try:
        lhs, rhs = numeric.sides(claim, refuted.values, 15)
        short = numeric.Evaluator(15).mp
        text = f"left {short.nstr(lhs, 12)}, right {short.nstr(rhs, 12)}"
    except VerifierError:
        return
    yield Evidence("numeric", text)


def counterexample(refuted: Refuted) -> dict[str, str]:
    """The values of the variables as text, families by their members."""
    from verifier.engines.values import members

    shown: dict[str, str] = {}
    for symbol, value in sorted(refuted.values.items(), key=lambda item: item[0].name):
        if symbol in refuted.statement.variables:
            if symbol.arity == 1:
                shown[symbol.name] = ", ".join(map(repr, members(value, 4))) + ", ..."
            else:
                shown[symbol.name] = repr(value)
    return shown


def contradicts_itself(statement: Statement) -> str | None:
    """A relation that is given and excluded by the others, if the kernel sees one."""
    for relation in statement.given:
        others = [g for g in statement.given if g is not relation]
        try:
            prove("arithmetic", Statement(relation.negation, others))
        except Refused:
            continue
        return repr(relation)
    return None


def trust(proof: Proved) -> tuple[str, ...]:
    """What a proof rests on."""
    rules = {step.rule for step in proof.steps()}
    return (KERNEL, DEFINITION) if rules & {"largest_eigenvalue", "allocation"} else (KERNEL,)


def proof_evidence(proof: Proved) -> Evidence:
    """A proof in one line: its length and its rules."""
    steps = list(proof.steps())
    rules = ", ".join(sorted({step.rule for step in steps}))
    plural = "s" if len(steps) > 1 else ""
    return Evidence("proof", f"{len(steps)} step{plural}: {rules}")


# --- theorems --------------------------------------------------------------------------------


def judge_theorem(theorem: Theorem, lemmas: Lemmas, attack: bool = True) -> Result:
    """The verdict on a theorem: that of its weakest claim; its links and attacks are evidence."""
    start = perf_counter()
    proofs = Proofs(theorem, lemmas)
    links = [_link(theorem, proofs, link.name) for link in theorem.proof]
    parts: list[Evidence] = []
    certificates: dict[str, dict[str, object]] = {}
    rests: list[str] = []
    for name, statement in theorem.statements().items():
        judged = next(e for e in links if e.name == name)
        part = replace(judged, kind="part", text=theorem.title)
        if judged.verdict is Verdict.PROVED:
            proof = proofs.link(name)
            if proof.statement != statement:
                raise TheoremError(
                    f"{theorem.label}: {name!r} was not what was proved", "report it"
                )
            rests.extend(trust(proof))
            certificates[f"{theorem.label}/{name}"] = certificate(f"{theorem.label}/{name}", proof)
        else:
            result = judge_statement(name, statement)
            part = replace(
                part, verdict=result.verdict, counterexample=_text(result.counterexample)
            )
        parts.append(part)
    attacks = list(_attacks(theorem)) if attack else []
    contradicted = [e for e in attacks if e.verdict in (Verdict.ERROR, Verdict.REFUTED)]
    verdict = weakest(p.verdict for p in parts if p.verdict is not None)
    if contradicted and verdict is Verdict.PROVED:
        verdict = Verdict.ERROR  # a proof and an attack that contradict each other
    reasons = [e.text for e in contradicted] + [
        f"{e.name}: {e.text}" for e in links if e.verdict is not Verdict.PROVED
    ]
    return Result(
        theorem.label,
        verdict,
        tuple(theorem.statements().values()),
        tuple(dict.fromkeys(rests)),
        (*parts, *links, *attacks),
        None,
        perf_counter() - start,
        theorem.title,
        "; ".join(reasons),
        theorem.source,
        certificates,
    )


def _text(values: dict[str, str] | None) -> str:
    return ", ".join(f"{name} = {value}" for name, value in (values or {}).items())


def _link(theorem: Theorem, proofs: Proofs, name: str) -> Evidence:
    link = theorem.link(name)
    statement = theorem.link_statement(link)
    start = perf_counter()
    try:
        proofs.link(name)
    except Refused as refusal:
        took = perf_counter() - start
        return Evidence("link", str(refusal), Verdict.UNDECIDED, took, statement, name)
    return Evidence("link", str(link.by), Verdict.PROVED, perf_counter() - start, statement, name)


def _attacks(theorem: Theorem) -> Iterator[Evidence]:
    from verifier.engines import draws, sizes

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


def _neighbour(statement: Statement) -> Evidence:
    """A false neighbour must be refuted; one that is proved contradicts the theorem's purpose."""
    start = perf_counter()
    search = falsify.search(statement, 10)
    took = perf_counter() - start
    if search.refuted is not None:
        at = _text(counterexample(search.refuted))
        return Evidence("neighbour", "refuted, as it must be", None, took, statement, "", at)
    try:
        prover.search(statement)
    except Refused:
        return Evidence("neighbour", "not refuted", Verdict.UNDECIDED, took, statement)
    return Evidence("neighbour", "proved, though meant to be false", Verdict.ERROR, took, statement)
