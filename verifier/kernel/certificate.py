"""Certificates: proofs written down, and replayed by the kernel alone.

A certificate lists the steps of a proof, each with its statement, its rule, the numbers of its
premises and the rule's arguments.  Replaying applies every rule again; nothing is searched for
and nothing is believed.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from verifier.errors import StatementError, VerifierError
from verifier.kernel.polynomial import Refused
from verifier.kernel.proved import Argument, Proved, prove
from verifier.statements.codec import decode, decode_statement, encode, encode_statement
from verifier.statements.statement import Statement

FORMAT = "pathway-verifier certificate 1"
_MALFORMED = (
    StatementError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError,
    RecursionError,
)  # fmt: skip


class CertificateError(VerifierError):
    """The certificate is not one, was changed, or proves something else than it says."""


def certificate(name: str, proof: Proved) -> dict[str, Any]:
    """The proof as a JSON object."""
    numbers: dict[int, int] = {}
    steps: list[dict[str, Any]] = []
    for step in proof.steps():
        numbers[id(step)] = len(steps)
        steps.append(
            {
                "statement": encode_statement(step.statement),
                "rule": step.rule,
                "premises": [numbers[id(p)] for p in step.premises],
                "arguments": {k: _encode_argument(v) for k, v in step.arguments.items()},
            }
        )
    body = {
        "format": FORMAT,
        "name": name,
        "text": repr(proof.statement),
        "domain": proof.statement.domain,
        "statement": encode_statement(proof.statement),
        "steps": steps,
    }
    return {**body, "hash": digest(body)}


def digest(body: dict[str, Any]) -> str:
    """The SHA-256 of the canonical JSON of a certificate, its own hash left out."""
    content = {key: value for key, value in body.items() if key != "hash"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def replay(value: Any) -> Proved:
    """The proof that a certificate describes, every step checked again.

    Raises:
        CertificateError: it is malformed, it was changed, or a rule refuses a step.
    """
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise CertificateError("not a certificate of this format", f"expected {FORMAT!r}")
    if value.get("hash") != digest(value):
        raise CertificateError("the certificate was changed", "its hash does not fit")
    try:
        stated = decode_statement(value["statement"])
        if (value["text"], value["domain"]) != (repr(stated), stated.domain):
            raise CertificateError("the text is not that of the statement", "write it again")
        proved = _replay_steps(value["steps"])
    except _MALFORMED as error:
        raise CertificateError(f"malformed certificate: {error}", "write it again") from error
    if proved.statement != stated:
        raise CertificateError("the last step proves another statement", "write it again")
    return proved


def _replay_steps(steps: list[Any]) -> Proved:
    proofs: list[Proved] = []
    for number, step in enumerate(steps):
        statement: Statement = decode_statement(step["statement"])
        premises = tuple(proofs[_earlier(p, number)] for p in step["premises"])
        arguments = {str(k): _decode_argument(v) for k, v in step["arguments"].items()}
        try:
            proofs.append(prove(step["rule"], statement, premises, **arguments))
        except Refused as refusal:
            raise CertificateError(f"step {number} is refused: {refusal}", "") from refusal
    return proofs[-1]


def _earlier(premise: Any, number: int) -> int:
    if type(premise) is not int or not 0 <= premise < number:
        raise CertificateError(f"step {number} has no earlier premise {premise!r}", "")
    return premise


def _encode_argument(value: Argument) -> Any:
    if isinstance(value, int):
        return {"integer": value}
    if isinstance(value, tuple):
        return {"list": [_encode_argument(v) for v in value]}
    return {"node": encode(value)}


def _decode_argument(value: dict[str, Any]) -> Argument:
    ((kind, content),) = value.items()
    if kind == "integer":
        if type(content) is not int:
            raise CertificateError(f"{content!r} is no integer", "")
        return content
    if kind == "list":
        return tuple(_decode_argument(v) for v in content)
    if kind == "node":
        return decode(content)
    raise CertificateError(f"unknown kind of argument {kind!r}", "")
