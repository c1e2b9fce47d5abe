"""Reasons in words: why a link of a proof holds, with the links and theorems that it names."""

from __future__ import annotations

from verifier.reasons import AddingUp, Cases, Contraposition, Of, Step
from verifier.reports.latex.prose import escape, prose
from verifier.reports.latex.statement import inline
from verifier.statements.latex import Style, latex
from verifier.statements.names import symbol_name
from verifier.statements.terms import Symbol
from verifier.theorem import Reason


def because(reason: Reason | Of | str) -> str:
    """A reason in words; what it names are links before, or claims of other theorems."""
    match reason:
        case Step(arguments=arguments):
            names = {s.name for s in arguments.values() if isinstance(s, Symbol)}
            return reason.told(lambda words: prose(words, names), because)
        case Cases(on=on, where=where, elsewhere=elsewhere):
            nested = isinstance(where, Cases)
            first = f"[{because(where)}]" if nested else because(where)
            return f"if {inline(latex(on, Style.INLINE))}, {first}; else {because(elsewhere)}"
        case Contraposition(premise=premise):
            return f"contraposition of {because(premise)}"
        case AddingUp(member=member, head="Product"):
            return f"multiplying up {because(member)}"
        case AddingUp(member=member, strict=strict):
            return f"adding up {because(member)}" + (
                f", strict by {because(strict)}" if strict else ""
            )
        case Of(name=name, values=values) if values:
            pairs = (rf"{_family(s)} = {latex(v, Style.INLINE)}" for s, v in values.items())
            return f"{because(name)} with " + ", ".join(map(inline, pairs))
        case Of(name=name):
            return because(name)
        case str() if "/" in reason:
            label, _, claim = reason.partition("/")
            return rf"({escape(claim)}) of \verifierref{{{label}}}"
        case str():
            return f"({escape(reason)})"
    return prose(str(reason))


def _family(symbol: Symbol) -> str:
    return symbol_name(symbol.name) + (r"_{\bullet}" if symbol.arity else "")


__all__ = ["because"]
