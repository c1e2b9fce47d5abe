"""The closed form of the spectrum against the definition, and the command that prints it."""

import json
import sys
from fractions import Fraction

import mpmath
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import verifier.closed_forms.spectrum as closed_form
from verifier.cli import cli, main
from verifier.closed_forms.check import check
from verifier.closed_forms.minimum import Minimum
from verifier.closed_forms.spectrum import spectrum
from verifier.errors import VerifierError
from verifier.networks import aligned_minimum, balanced, mpf_root, shared, single_path, split
from verifier.reports.spectrum import render
from verifier.statements.parser import parse_term
from verifier.statements.substitution import substitute
from verifier.statements.terms import Apply, Number

SETTINGS = settings(deadline=None, derandomize=True, max_examples=40)
SHARES = st.fractions(min_value=-3, max_value=3, max_denominator=5)


def of(paths, depths, targets, *allocations):
    depths = (depths,) if isinstance(depths, int) else depths
    return Minimum(paths, depths, tuple(map(Fraction, targets)), allocations or (balanced,))


def values(minimum):
    found = spectrum(minimum)
    return [(e.value, e.multiplicity, e.pairs) for e in found.eigenvalues]


@st.composite
def minima(draw):
    """Unequal depths, odd where a share is negative; zeros, equal modes, H and d up to 3."""
    paths, modes = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    shares = [[draw(SHARES | st.just(Fraction(0))) for _ in range(paths)] for _ in range(modes)]
    if draw(st.booleans()):
        shares[-1] = shares[0]
    depths = []
    for h in range(paths):
        depth = draw(st.sampled_from([1, 3, 5] if min(s[h] for s in shares) < 0 else [1, 2, 3, 4]))
        depths.append(depth)
    return of(paths, tuple(depths), map(sum, shares), *(split(*row) for row in shares))


@SETTINGS
@given(minima())
def test_every_eigenvalue_is_one_of_the_definition(minimum):
    """The Hessian is that of the loss; its eigenvalues are found at once, not block by block."""
    found = spectrum(minimum, 60)
    network = aligned_minimum(*minimum.explicit(), mpf_root(70))
    if network.parameters <= 40:
        mp = mpmath.MPContext()
        mp.dps = 70
        rows = mp.matrix([[mp.convert(e) for e in row] for row in network.hessian()])
        defined = sorted(mp.eigsy(rows, eigvals_only=True), reverse=True)
        closed = [mp.mpf(e.decimal) for e in found.eigenvalues for _ in range(e.multiplicity)]
        assert len(closed) == len(defined) == network.parameters
        scale = max(closed[0], mp.mpf(10) ** -10)
        assert all(
            abs(a - b) <= scale / mp.mpf(10) ** 50 for a, b in zip(closed, defined, strict=True)
        )
    else:
        outcome = check(found)
        assert outcome.agrees and outcome.compared == network.parameters
    assert sum(e.multiplicity for e in found.eigenvalues) == minimum.parameters
    numbers = [mpmath.mpf(e.decimal) for e in found.eigenvalues]
    assert numbers == sorted(numbers, reverse=True)


@SETTINGS
@given(minima())
def test_pairs_and_formulas(minimum):
    found = spectrum(minimum, 40)
    modes = list(minimum.modes)
    assert sorted(p for e in found.eigenvalues for p in e.pairs) == [
        (i, j) for i in modes for j in modes
    ]
    assert any(i == j for i, j in found.sharpness.pairs)
    for e in found.eigenvalues:
        texts = [repr(e.formula)] + ([e.value] if e.value is not None else [])
        for text in texts:
            number = evaluate(parse_term(text))
            assert abs(number - number.context.mpf(e.decimal)) <= number / 10**35
        if e.decimal != "0":
            assert e.multiplicity == len(e.pairs)


def evaluate(term):
    """A closed term in mpmath; sums are written out."""
    mp = mpmath.MPContext()
    mp.dps = 60

    def go(node):
        if isinstance(node, Number):
            return mp.convert(node.value)
        if node.head == "Sum":
            body, index, lower, upper = node.args
            steps = range(int(lower.value), int(upper.value) + 1)
            return mp.fsum(go(substitute(body, {index: Number(n)})) for n in steps)
        args = [go(a) for a in node.args]
        match node.head:
            case "+":
                return args[0] + args[1]
            case "-":
                return args[0] - args[1]
            case "*":
                return args[0] * args[1]
            case "/":
                return args[0] / args[1]
            case "**":
                return args[0] ** args[1]
        raise AssertionError(node.head)

    assert isinstance(term, Apply | Number)
    return go(term)


def test_equal_eigenvalues_of_different_pairs_stand_together():
    """At depth 2 the eigenvalue of (i, j) is the sum of two targets."""
    assert values(of(2, 2, (1, 2, 3))) == [
        ("6", 1, ((3, 3),)),
        ("5", 2, ((2, 3), (3, 2))),
        ("4", 3, ((1, 3), (2, 2), (3, 1))),
        ("3", 2, ((1, 2), (2, 1))),
        ("2", 1, ((1, 1),)),
        ("0", 27, ()),
    ]


def test_eigenvalues_that_no_float_tells_apart_stay_apart():
    found = spectrum(of(1, 3, (10**40, 10**40 + 1)), 10)
    assert [e.multiplicity for e in found.eigenvalues] == [1, 2, 1, 8]
    assert len({e.decimal for e in found.eigenvalues}) == 2
    assert found.sharpness.pairs == ((2, 2),)


def test_zero_modes():
    """Of two silent modes the block has no eigenvalue but zero; at depth 1 all blocks are alike."""
    assert values(of(3, 3, (8, 0), single_path)) == [
        ("48", 1, ((1, 1),)),
        ("16", 2, ((1, 2), (2, 1))),
        ("0", 33, ((2, 2),)),
    ]
    assert values(of(3, 2, (0,))) == [("0", 6, ((1, 1),))]
    pairs = ((1, 1), (1, 2), (2, 1), (2, 2))
    assert values(of(3, 1, (5, 0), single_path)) == [("3", 4, pairs), ("0", 8, ())]
    assert values(of(1, 1, (7,))) == [("1", 1, ((1, 1),))]


def test_negative_targets_at_odd_depth():
    assert values(of(1, 3, (-8, 1))) == values(of(1, 3, (8, 1)))
    assert "negative" in spectrum(of(1, 3, (-8,))).notes[0]
    assert spectrum(of(1, 3, (8,))).notes == ()


def test_pathways_may_serve_different_modes():
    """Each mode in a pathway of its own: the pair (1, 2) has an end layer of each."""
    apart = of(2, 3, (8, 1), split(8, 0), split(0, 1))
    assert values(apart) == [
        ("48", 1, ((1, 1),)),
        ("17", 2, ((1, 2), (2, 1))),
        ("3", 1, ((2, 2),)),
        ("0", 20, ()),
    ]
    assert check(spectrum(apart)).agrees


def test_the_cost_does_not_depend_on_the_number_of_pathways():
    found = spectrum(of(10**40, 3, (1, 2), single_path, shared(10**6)), 20)
    assert found.minimum.parameters == 12 * 10**40
    assert sum(e.multiplicity for e in found.eigenvalues) == 12 * 10**40
    assert spectrum(of(10**9, 10**9, (1,))).sharpness.decimal.startswith("1.00000004")


def test_one_mode_is_as_sharp_as_the_proved_sharpness():
    from verifier.closed_forms.sharpness import sharpness

    for paths, depth, target, rule in [
        (4, 3, 1, balanced),
        (5, 7, -3, shared(2)),
        (3, 1, 2, single_path),
    ]:
        proved = sharpness(rule, paths, depth, Fraction(target), 40)
        assert spectrum(of(paths, depth, (target,), rule), 40).sharpness.decimal == proved.digits


@pytest.mark.parametrize("wrong", ["l", "L - l + 1", "without 2"])
def test_a_check_refuses_false_neighbours(monkeypatch, wrong):
    minimum = of(2, 3, (8, 1))

    def products(radicals, shares):
        for (depth, a, b), count in shares.items():
            for layer in range(1, depth + 1):
                above, below = {
                    "l": (2 * (depth - layer), 2 * layer),
                    "L - l + 1": (2 * (depth - layer + 1), 2 * (layer - 1)),
                    "without 2": (depth - layer, layer - 1),
                }[wrong]
                yield radicals.product(count, [(a, above), (b, below)])

    assert check(spectrum(minimum)).agrees
    monkeypatch.setattr(closed_form, "_products", products)
    outcome = check(spectrum(minimum))
    assert not outcome.agrees and outcome.digits <= 1
    out = CliRunner().invoke(cli, [*arguments(target=["8", "1"]), "--check"], standalone_mode=False)
    assert out.return_value == 1 and "DISAGREES" in out.output


LARGE = [
    of(2, (50, 52), (2, Fraction(1, 3), 3)),
    of(40, 9, (-1, 2)),
    of(20, 50, (3,)),
    of(20, 50, (0,)),
]


@pytest.mark.parametrize("minimum", LARGE, ids=lambda m: f"{m.parameters}")
def test_a_large_check_is_matrix_free(minimum, monkeypatch):
    pytest.importorskip("scipy")
    outcome = check(spectrum(minimum))
    assert (
        outcome.agrees and outcome.parameters == minimum.parameters and "Lanczos" in outcome.method
    )
    if any(minimum.targets):
        products = closed_form._products
        monkeypatch.setattr(
            closed_form,
            "_products",
            lambda *given: ((k, c * Fraction(1000001, 1000000)) for k, c in products(*given)),
        )
        assert not check(spectrum(minimum)).agrees


def test_precision_survives_giant_shares_that_cancel():
    giant = Fraction(10**60, 3)
    for depths in [(3, 3), (1, 5)]:
        outcome = check(spectrum(of(2, depths, (1,), split(giant, 1 - giant))), 60)
        assert outcome.agrees and outcome.needed == 60
    assert check(spectrum(of(2, 4, (Fraction(1, 10**300),)))).agrees


def arguments(paths="2", depth="3", target=("1",), allocation=("balanced",)):
    options = [("--target", t) for t in target] + [("--allocation", a) for a in allocation]
    flat = [text for option in options for text in option]
    return ["spectrum", "--paths", paths, "--depth", depth, *flat]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"target": ["1/2", "x"]}, "not an exact number"),
        ({"target": ["0.5"]}, "write 1/2"),
        ({"depth": "0"}, "'0' is no depth"),
        ({"depth": "3,x"}, "'x' is no depth"),
        ({"depth": "3,3,3"}, "3 depths for 2 pathways"),
        (
            {"depth": "4", "target": ["1", "-1"]},
            "mode 2: the share -1/2 is negative and the depth 4",
        ),
        ({"depth": "3,4", "target": ["-1"]}, "the depth 4 is even"),
        ({"allocation": ["1,0"], "target": ["1", "2"]}, "mode 2: the shares 1,0 sum to 1, not to"),
        ({"allocation": ["1,1"]}, "sum to 2, not to the target 1"),
        ({"allocation": ["single"] * 3, "target": ["1", "2"]}, "3 allocations for 2 targets"),
        ({"allocation": ["shared:3"]}, "needs 3 pathways"),
        ({"allocation": ["other"]}, "is not an allocation"),
        ({"target": ["1" + "0" * 2000]}, "very many digits"),
        ({"target": ["1"] * 501}, "pairs of modes"),
        ({"depth": "400000", "target": ["1", "2"]}, "400002 terms"),
        ({"paths": "0"}, "--paths"),
    ],
)
def test_bad_input(capsys, changed, message):
    with pytest.raises(SystemExit) as ended:
        main(arguments(**changed))
    out, err = capsys.readouterr()
    assert ended.value.code == 2 and message in err and not out


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--digits", "0"], "1 to 1000"),
        (["--digits", "1001"], "1 to 1000"),
        (["--format", "x"], "--format"),
    ],
)
def test_bad_options(capsys, more, message):
    with pytest.raises(SystemExit) as ended:
        main([*arguments(), *more])
    assert ended.value.code == 2 and message in capsys.readouterr().err


def test_a_check_that_is_out_of_reach(capsys):
    for changed, message in [
        ({"paths": "1000", "depth": "1001", "target": ["1"]}, "1001000 parameters"),
        ({"depth": "3", "paths": "900", "target": ["1" + "0" * 200]}, "range of float64"),
    ]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments(**changed), "--check"])
        assert ended.value.code == 2 and message in capsys.readouterr().err


def test_without_scipy_a_large_check_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.sparse.linalg", None)
    with pytest.raises(VerifierError, match="SciPy"):
        check(spectrum(LARGE[0]))


def test_text(capsys):
    with pytest.raises(SystemExit) as ended:
        main([*arguments(target=["8", "1"], allocation=["single"]), "--check"])
    out, err = capsys.readouterr()
    assert ended.value.code == 0 and not err
    rows = [line.split() for line in out.splitlines()]
    assert ["48", "1", "(1,", "1)", "3*8**(4/3)"] in rows and ["0", "20", "0"] in rows
    assert "sharpness   48" in out and "parameters  24" in out and "0**0 = 1" in out
    assert "check       agrees to" in out and "24 of 24 compared" in out


def test_json(capsys):
    with pytest.raises(SystemExit):
        main([*arguments(depth="3,1", target=["-8", "1"]), "--format", "json", "--check"])
    found = json.loads(capsys.readouterr().out)
    assert set(found["eigenvalues"][0]) == {"value", "decimal", "multiplicity", "pairs", "formula"}
    assert found["parameters"] == sum(e["multiplicity"] for e in found["eigenvalues"]) == 16
    assert found["sharpness"] == found["eigenvalues"][0]["decimal"]
    assert found["check"]["agrees"] is True and found["check"]["digits"] >= 50
    assert found["check"]["compared"] == 16 and found["notes"]
    assert "check" not in json.loads(render(spectrum(of(1, 3, (8,)))))
