"""Plain prose as LaTeX: special characters escaped, formulas such as s_h^(1/L) set as formulas."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from verifier.statements.names import GREEK, symbol_name

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
}  # fmt: skip
_OPERATORS = {
    "**": "^", "<=": r" \le ", ">=": r" \ge ", "==": " = ", "!=": r" \ne ", "*": " ",
    "<": " < ", ">": " > ", "=": " = ", "+": " + ", "-": " - ", "/": "/", "^": "^",
}  # fmt: skip
_TOKEN = re.compile(
    r"\.\.\.|\d+\.\d+(?: s\b)?|[A-Za-z]+_(?=\()|[A-Za-z]+(?:_[A-Za-z0-9]+)*|\d+"
    r"|\*\*|<=|>=|==|!=|[-+*/^=<>]|[()|]|\s+|.",
    re.DOTALL,
)
_WORDS = frozenset("aAI")  # single letters that are words
_CLOSING = {"(": ")", "|": "|"}
_PREFIXES = {"grad": r"\nabla", "Hess": r"\nabla^2"}  # they make a formula with what follows


def escape(text: str) -> str:
    r"""Text with every character that LaTeX would interpret escaped.

    >>> escape("50% of s_h")
    '50\\% of s\\_h'
    """
    return "".join(_SPECIAL.get(c, c) for c in text)


def prose(text: str, names: Collection[str] = ()) -> str:
    r"""A paragraph; single letters, Greek letters and `names` in it are variables.

    >>> prose("Every layer carries s_h^(1/L_h), so r is zero.")
    'Every layer carries $s_{h}^{1/L_{h}}$, so $r$ is zero.'
    >>> prose("a layer a > b", names="ab")
    'a layer $a > b$'
    """
    tokens = _TOKEN.findall(" ".join(text.split()))
    parts = []
    place = 0
    while place < len(tokens):
        end = _formula_end(tokens, place, names)
        if end > place:
            parts.append(f"${_formula(tokens[place:end])}$")
        else:
            end = place + 1
            parts.append(escape(tokens[place]))
        place = end
    return "".join(parts)


def _formula_end(tokens: list[str], start: int, names: Collection[str]) -> int:
    """The place after the formula that starts here; `start` itself where none does."""
    begins = tokens[start] in ("(", "|", *_PREFIXES) or _is_operand(tokens[start], names)
    begins |= tokens[start] == "-" and _is_sign(tokens, start, names)
    if not begins or (start > 1 and tokens[start - 1] in "'-" and tokens[start - 2].isalpha()):
        return start
    opened: list[str] = []
    end, expected, significant = start, True, False  # whether an operand is expected next
    whole = False  # whether what ends at `end` is more than a number
    for place in range(start, len(tokens)):
        token = tokens[place]
        if token.isspace():
            continue
        if token in _PREFIXES:
            expected = True
        elif token == "..." and expected:
            expected = False
        elif _is_operand(token, names) and (expected or tokens[place - 1].isspace()):
            significant |= not token.isdigit()
            expected = token[-1] == "_"  # its index follows in parentheses
        elif (token in "(|" and expected) or (token == "(" and not tokens[place - 1].isspace()):
            expected = True
            opened.append(token)
        elif token in ")|" and not expected and opened and token == _CLOSING[opened[-1]]:
            opened.pop()
        elif token in _OPERATORS and (not expected or token == "-"):
            significant |= token in ("^", "**", "=", "/") or place == start
            expected = True
        else:
            break
        if not opened and not expected:
            end, whole = place + 1, significant
    alone = end == start + 1 and tokens[start] in _WORDS  # the article, not the variable a
    return end if whole and not alone else start


def _is_sign(tokens: list[str], place: int, names: Collection[str]) -> bool:
    """Whether a minus belongs to what follows: it stands after a space, and before an operand."""
    apart = place == 0 or tokens[place - 1].isspace() or tokens[place - 1] == "("
    return apart and place + 1 < len(tokens) and _is_operand(tokens[place + 1], names)


def _is_operand(token: str, names: Collection[str]) -> bool:
    if token.isdigit() or token in names or token in GREEK or "_" in token[1:]:
        return True
    return len(token) == 1 and token.isalpha() and token not in _WORDS


def _formula(tokens: list[str]) -> str:
    return "".join(_formula_parts([t for t in tokens if not t.isspace()]))


def _formula_parts(tokens: list[str]) -> Iterator[str]:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token in ("^", "**") or token[-1] == "_":  # an exponent, or an index in parentheses
            end = _script_end(tokens, place)
            inside = tokens[place:end]
            if inside[0] == "(" and inside[-1] == ")":
                inside = inside[1:-1]
            mark = f"{symbol_name(token[:-1])}_" if token[-1] == "_" else "^"
            yield f"{mark}{{{_formula(inside)}}}"
            place = end
        elif token == "...":
            yield r"\dots"
        elif token in _OPERATORS or token in _PREFIXES:
            yield _OPERATORS.get(token) or _PREFIXES[token]
        elif token.isalnum() or "_" in token:
            yield (" " if place > 1 and tokens[place - 2].isalnum() else "") + symbol_name(token)
        else:
            yield token


def _script_end(tokens: list[str], start: int) -> int:
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place] == "(") - (tokens[place] == ")")
        if not depth and tokens[place] != "-":
            return place + 1
    return len(tokens)
