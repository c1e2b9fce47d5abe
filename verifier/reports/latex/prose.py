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
    ".": r" \cdot ",
}  # fmt: skip
_DERIVATIVE = r"\bd([A-Za-z]'*)/d ?([A-Za-z]+)\b"
_TOKEN = re.compile(
    rf"\.\.\.?|\d+\.\d+(?: s\b)?|{_DERIVATIVE.replace('(', '(?:')}|[A-Za-z]+_(?=\()"
    r"|\b[A-Za-z]'+(?![A-Za-z])|\b[A-Za-z]\*(?=[|,.;:)^])|[A-Za-z]+(?:_[A-Za-z0-9]+)*|\d+"
    r"|\*\*|<=|>=|==|!=|[-+*/^=<>]|[()|]|\s+|.",
    re.DOTALL,
)
_WORDS = frozenset("aAI")  # single letters that are words
_CLOSING = {"(": ")", "|": "|"}
_PREFIXES = {"grad": r"\nabla", "Hess": r"\nabla^2"}  # they make a formula with what follows
_FUNCTIONS = {
    "exp": r"\exp",
    "log": r"\log",
    "tr": r"\operatorname{tr}",
    "sqrt": r"\sqrt",
}  # and so do these
_BIG = {"sum_": r"\sum", "prod_": r"\prod"}  # with an index
_DOTS = {"..": r" \cdots ", "...": r"\dots"}
_SIGNS = {**_OPERATORS, **_PREFIXES, **_FUNCTIONS, **_DOTS}


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
            parts.append(_word(tokens, place))
        place = end
    return "".join(parts)


def _word(tokens: list[str], place: int) -> str:
    """A token outside formulas; quotation marks open where a word begins."""
    token = tokens[place]
    if token == '"':
        opens = place == 0 or tokens[place - 1].isspace() or tokens[place - 1] == "("
        return "``" if opens else "''"
    return r"\dots{}" if token == "..." else escape(token)


def _formula_end(tokens: list[str], start: int, names: Collection[str]) -> int:
    """The place after the formula that starts here; `start` itself where none does."""
    begins = tokens[start] in "(|" or _is_prefix(tokens, start) or _is_term(tokens, start, names)
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
        joined = expected or tokens[place - 1].isspace() or tokens[place - 1].isdigit()
        if _is_prefix(tokens, place):
            expected = True
        elif token in _DOTS and (expected or token == ".."):
            expected = token == ".."
        elif _is_term(tokens, place, names) and (joined or tokens[place - 1] == ")"):
            significant |= not token.isdigit()
            expected = token[-1] == "_"  # its index follows in parentheses
        elif (token in "(|" and expected) or (token == "(" and _goes_on(tokens, place, names)):
            expected = True
            opened.append(token)
        elif token in ")|" and not expected and opened and token == _CLOSING[opened[-1]]:
            opened.pop()
        elif _is_operator(tokens, place) and (not expected or token == "-"):
            significant |= token in ("^", "**", "=", "/") or place == start
            expected = True
        else:
            break
        if not opened and not expected:
            end, whole = place + 1, significant
    alone = end == start + 1 and tokens[start] in _WORDS
    return end if whole and not (alone and _is_word(tokens, start, names)) else start


def _is_word(tokens: list[str], place: int, names: Collection[str]) -> bool:
    """Whether a letter is an article: no variable, or neither amid a sentence nor at an end."""
    if tokens[place] not in names:
        return True
    before, after = tokens[max(place - 2, 0) : place], tokens[place + 1 : place + 2]
    amid = bool(before) and before[0] not in ".:?!"
    ends = not after or after[0] in ",.;:)"
    return not (ends or (amid and tokens[place].isupper()))


def _goes_on(tokens: list[str], place: int, names: Collection[str]) -> bool:
    """Whether a parenthesis belongs to the formula before: no space, or no word, is between."""
    if not tokens[place - 1].isspace():
        return True
    end = _script_end(tokens, place)
    return all(
        tokens[i] in "()" or tokens[i].isspace() or tokens[i] in _OPERATORS or _is_prefix(tokens, i)
        or _is_term(tokens, i, names)
        for i in range(place, end)
    )  # fmt: skip


def _is_sign(tokens: list[str], place: int, names: Collection[str]) -> bool:
    """Whether a minus belongs to what follows: it stands after a space, and before an operand."""
    apart = place == 0 or tokens[place - 1].isspace() or tokens[place - 1] == "("
    return apart and place + 1 < len(tokens) and _is_term(tokens, place + 1, names)


def _is_prefix(tokens: list[str], place: int) -> bool:
    """Whether a sign, or the name of a function before its argument, stands here."""
    token, after = tokens[place], tokens[place + 1 : place + 3]
    if token in _FUNCTIONS:
        return after[:1] == ["("] or (len(after) == 2 and len(after[1]) == 1 and after[0] == " ")
    return token in _PREFIXES or token.startswith(tuple(_BIG))


def _is_operator(tokens: list[str], place: int) -> bool:
    """Whether an operator stands here; a dot is one between spaces."""
    return tokens[place] in _OPERATORS and (tokens[place] != "." or tokens[place - 1].isspace())


def _is_term(tokens: list[str], place: int, names: Collection[str]) -> bool:
    token = tokens[place]
    if token.isdigit() or token in names or token in GREEK or "_" in token[1:]:
        return True
    if (token[-1] in "'*" and token[0].isalpha()) or re.fullmatch(_DERIVATIVE, token):
        return True
    after = (t for t in tokens[place + 1 : place + 3] if not t.isspace())
    word = token in _WORDS and next(after, "") not in ("^", "=")
    return len(token) == 1 and token.isalpha() and not word


def _formula(tokens: list[str]) -> str:
    return "".join(_formula_parts([t for t in tokens if not t.isspace()]))


def _formula_parts(tokens: list[str]) -> Iterator[str]:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token in ("^", "**", "sqrt") or token[-1] == "_":  # what follows stands in braces
            end = _script_end(tokens, place)
            inside = tokens[place:end]
            if inside[0] == "(" and inside[-1] == ")":
                inside = inside[1:-1]
            mark = _SIGNS.get(token) or f"{symbol_name(token[:-1])}_"
            yield f"{mark}{{{_formula(inside)}}}"
            place = end
        elif token in _SIGNS:
            yield _SIGNS[token]
        elif token.startswith(tuple(_BIG)):
            sign, _, index = token.partition("_")
            yield f"{_BIG[sign + '_']}_{{{symbol_name(index)}}} "
        elif parts := re.fullmatch(_DERIVATIVE, token):
            yield f"d{parts[1]}/d{_spaced(symbol_name(parts[2]))}"
        elif token[-1] in "'*" and token[0].isalpha():
            yield symbol_name(token[0]) + (token[1:] if token[-1] == "'" else "^{*}")
        elif token.isalnum() or "_" in token:
            yield (" " if place > 1 and tokens[place - 2].isalnum() else "") + symbol_name(token)
        else:
            yield token


def _spaced(name: str) -> str:
    return f" {name}" if name[0] == "\\" else name


def _script_end(tokens: list[str], start: int) -> int:
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place] == "(") - (tokens[place] == ")")
        if not depth and tokens[place] != "-":
            return place + 1
    return len(tokens)
