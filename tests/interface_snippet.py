"""What a notebook does, with the types that a type checker must see; run and checked by tests."""

from fractions import Fraction
from typing import assert_type

from verifier import (
    H,
    L,
    Landscape,
    MatrixNetwork,
    Result,
    ScalarNetwork,
    Statement,
    Theorem,
    Verdict,
    VerifierError,
    balanced,
    check,
    latex,
    parse,
    rational,
    real,
    sharpness,
    shipped,
    sigma,
    single_path,
    spectrum,
    to_sympy,
)
from verifier.closed_forms.spectrum import Spectrum
from verifier.statements.terms import Relation, Term

ratio = sharpness(balanced) / sharpness(single_path)
assert_type(ratio, Term)
claim = ratio == H ** (2 / L - 1)
assert_type(claim, Relation)
stated = Statement(claim, given=[L >= 2])
assert_type(latex(stated), str)

refuted = check(H ** (2 / L - 1) < 1, given=[H >= 2, "L >= 2"], name="edge")
assert_type(refuted, Result)
assert_type(refuted.verdict, Verdict)
assert_type(refuted.counterexample, dict[str, str] | None)
assert refuted.verdict is Verdict.REFUTED and not refuted
assert refuted.counterexample == {"H": "2", "L": "2"}

x = real("x")
proved = check(x**2 + rational(1, 4) >= x)
assert proved and proved.certificate is not None
assert check("x**2 + 1/4 >= x", variables={"x": "real"}).statements == proved.statements
assert_type(parse("H >= 2"), Relation)

theorem = shipped("single-path")
assert_type(theorem, Theorem)

network = ScalarNetwork((3, 3))
assert len(network.gradient(1)) == 6 and network.hessian(1).shape == (6, 6)
assert network.minimum(single_path).sharpness == to_sympy(3 * sigma ** rational(4, 3)).subs(
    to_sympy(sigma), network.minimum(single_path).target
)
found = spectrum(2, 3, [Fraction(8), 1], single_path)
assert_type(found, Spectrum)
assert found.sharpness.value == "48"
assert Landscape.of(lambda u, v: (1 - u * v) ** 2 / 2, "u v").is_minimum({"u": 1, "v": 1})
assert MatrixNetwork([[[[2]], [[1]]]], target=[[2]]).loss == 0

try:
    check("no-such-theorem")
except VerifierError as error:
    assert_type(error.remedy, str)
