"""How large a step of gradient descent may be if every overshoot is to be back one step later."""

from fractions import Fraction

from proofs.descent.balanced_step import after, i, j, t
from proofs.descent.flip import at_ij, at_line, x
from verifier.reasons import (
    Cases,
    Step,
    am_gm,
    calculation,
    combination,
    contraposition,
    exponential,
    growth,
    increasing,
    instance,
    intermediate_value,
    limit_of_monomials,
    of,
)
from verifier.statements.substitution import substitute
from verifier.statements.vocabulary import (
    H,
    L,
    diff,
    eta,
    exp,
    limit,
    log,
    oo,
    positive,
    rational,
    root,
    sharpness,
    sigma,
    single_path,
)
from verifier.theorem import Check, Disproved, Theorem, link, when

u, v, a, b, c, d, gamma = map(positive, "u v a b c d gamma".split())
y = positive("y")
S_1 = sharpness(single_path)


def chain(x):
    """A layer value of the only pathway after one step of gradient descent."""
    return x - eta * x ** (L - 1) * (x**L - sigma)


def f(x, gamma=gamma):
    """The same for the target 1, with gamma the step size times the sharpness."""
    return x + gamma / L * x ** (L - 1) * (1 - x**L)


def bend(x):
    """What makes the slope of f vanish where gamma x^(L-2) times it is L."""
    return (2 * L - 1) * x**L - (L - 1)


def given(relation):
    """A hypothesis as a link."""
    return Step("given", words="hypothesis"), relation, [relation]


crest = (a < 1, gamma * a ** (L - 2) * bend(a) == L)
rate = gamma / L * u ** (L - 2) * bend(u) - 1
push = gamma / L * u ** (L - 2) * (1 - u**L)
bound = exp(gamma - 1) / gamma


def denominator(c):
    """What the bend and the power of the crest have in common, c being the largest overshoot."""
    return (2 * L - 1) * c - (2 * L - 2)


def power(c):
    """a^L for the crest a that is mapped to c a."""
    return ((L - 1) * c - (L - 2)) / denominator(c)


def excess(c):
    """What is negative where c a, the largest overshoot, returns."""
    return c ** (L - 2) * (c**L * power(c) - 1) - L / denominator(c)


def largest(c):
    """The gamma whose largest overshoot is c times the place a where it starts."""
    return denominator(c) / power(c) ** (1 - 2 / L)


threshold = root(excess(y), (y, 1, 2))
solved = (c > 1, c < 2, excess(c) == 0)
critical = (c == threshold, gamma == largest(c))
width = 9 + log(16 * L)
upper = 2 * width
lower = rational(2) ** (-2 / L) * (2 - 1 / L) * (log(L) - 2 * width ** rational(1, 2))
at = (c > 1, a == power(c) ** (1 / L), gamma == largest(c))
steepness = gamma * a ** (L - 2) * d == L
rise = (c - 1) * d == 1 - a**L
room = gamma * bound * (bound - 1) < L
inside = (u < 1,)

rising = L * c ** (L - 1) * (L - 1) * (c - 1) * ((2 * L - 1) * (c - 1) + 3) / denominator(c) ** 2


def at_threshold(general, claim, wanted):
    """What holds of every gamma with which the crest lands on 0 holds of the threshold."""
    lands = f(f(a)) == 0
    return [
        link(
            f"{general}, solved",
            Cases(
                crest[1],
                Cases(
                    lands,
                    instance(general, {}, using=["crest inside"]),
                    contraposition("zero"),
                ),
                contraposition("crest"),
            ),
            wanted,
            [*at, excess(c) == 0],
        ),
        link(
            claim,
            Cases(
                excess(c) == 0,
                instance(f"{general}, solved", {a: power(c) ** (1 / L)}, using=["c above 1"]),
                contraposition("zero of c"),
            ),
        ),
    ]


def at_zero(claim, general):
    """What holds of every zero of the excess between 1 and 2 holds of the threshold."""
    inside = instance(general, {}, using=["c above 1", "c below 2"])
    return [link(claim, Cases(excess(c) == 0, inside, contraposition("zero of c")))]


def thresholds():
    """Just below the enclosed threshold the crest's overshoot returns; just above it does not."""
    from verifier.closed_forms.return_threshold import return_threshold

    for number in DEPTHS:
        found = return_threshold(number, 30)
        place, gamma = Fraction(found.start), Fraction(found.gamma)
        for side in (-1, 1):
            moved = gamma * (1 + side * Fraction(1, 10**20))
            value = place
            for _ in range(2):
                value += moved / number * value ** (number - 1) * (1 - value**number)
            if (value > 0) is not (side < 0):
                raise Disproved(f"L = {number}, gamma = {float(moved)}: {float(value)}")
    return 2 * len(DEPTHS)


def bounds():
    """The bounds of the theorem hold of the enclosed threshold, in ball arithmetic."""
    from verifier.closed_forms.return_threshold import enclosure
    from verifier.kernel.balls import enclose

    for number in (*DEPTHS, 10**3, 10**6, 10**9):
        gamma = enclosure(number, 200)[0]
        at = {L: rational(number)}
        below = [rational(2), 1 + log(L) / 2, lower]
        if not all(enclose(substitute(term, at), 200) < gamma for term in below):
            raise Disproved(f"L = {number}: {gamma} is below a lower bound")
        if not gamma < enclose(substitute(upper, at), 200):
            raise Disproved(f"L = {number}: {gamma} is above the upper bound")
    return len(DEPTHS) + 3


DEPTHS = (2, 3, 4, 5, 7, 12, 20, 33)

theorem = Theorem(
    label="worst-case-return",
    title="The threshold at which overshoots no longer return",
    source="P, the growth 2 log L O; worst-case-return in mathematics.md",
    why="""
    With u = w / sigma^(1/L) and gamma = eta S_1 a step of the chain becomes
    f(u) = u + (gamma/L) u^(L-1) (1 - u^L): only L and gamma are left. The slope of f vanishes at
    the crest a, where gamma a^(L-2) ((2L-1) a^L - (L-1)) = L, and f(a) is its largest value on
    (0, oo). An overshoot v > 1 lands below 1, and above 0 if and only if larger ones do; so all
    overshoots return if and only if f(f(a)) > 0. Let c = f(a)/a. Then a^L and gamma are functions
    of c, gamma rises with c, and f(f(a)) has the sign of -E(c) with
    E(c) = c^(L-2) (c^L a^L - 1) - L / ((2L-1) c - (2L-2)), which rises with c from -L at c = 1 to
    a positive value at c = 2. So E has one zero there, and the gamma of that zero is the
    threshold: below it every overshoot is back in (0, 1) one step later; at it the largest one
    lands on 0, so that no largest gamma is safe, but a least upper bound exists.
    For its size: 1 + s <= exp(s) and p exp(-gamma p) <= exp(-1)/gamma give
    f(u)^L <= B = exp(gamma-1)/gamma for all u in (0, 1), and all overshoots return if
    gamma B (B-1) < L. That holds up to gamma = 2 for every L >= 2, and up to 1 + log(L)/2. At the
    zero of E, c^(2L) lies between L / ((2L-1) c - (2L-2)) and 16 L; taking logarithms puts gamma
    between two bounds whose quotients by log L tend to 2. At L = 1 the largest overshoot is made
    from no place in (0, 1), and the threshold would be 2.
    """,
    given=[L >= 2],
    claims={
        "one-step": when(substitute(after(i, j), at_line) == chain(x), *at_ij, t == 0, H == 1),
        "scaling": chain(sigma ** (1 / L) * u) == sigma ** (1 / L) * f(u, eta * S_1),
        "slope": diff(f(u), u) == 1 - gamma / L * u ** (L - 2) * bend(u),
        "largest": when(f(u) <= f(a), *crest),
        "not-beyond": when(f(v) < 1, v > 1, gamma >= 1),
        "worst": when(f(b) > 0, b >= 1, b <= v, f(v) > 0),
        "power": when(f(u) ** L <= bound, *inside),
        "safe": when(f(f(u)) > 0, *inside, gamma >= 1, room),
        "safe-to-two": when(f(f(u)) > 0, *inside, gamma >= 1, gamma <= 2),
        "safe-to-log": when(f(f(u)) > 0, *inside, gamma >= 1, gamma <= 1 + log(L) / 2),
        "crest": when(gamma * a ** (L - 2) * bend(a) == L, *at),
        "value": when(f(f(a)) == -a * c * excess(c) * denominator(c) / L, *at),
        "excess-rises": when(excess(b) < excess(c), b >= 1, b < c),
        "gamma-rises": when(largest(b) < largest(c), b >= 1, b < c),
        "exists": excess(threshold) == 0,
        "safe-below": when(f(f(a)) > 0, *at, b == threshold, c < b),
        "unsafe-above": when(f(f(a)) < 0, *at, b == threshold, b < c),
        "more-than-two": when(gamma > 2, *critical),
        "at-least-log": when(gamma > 1 + log(L) / 2, *critical),
        "upper": when(largest(c) <= upper, c == threshold),
        "lower": when(largest(c) >= lower, c == threshold),
        "upper-grows": limit(upper / log(L), L, oo) == 2,
        "lower-grows": limit(lower / log(L), L, oo) == 2,
    },
    proof=[
        link("one-step", calculation("flip/one-step")),
        link("scaling", calculation("single-path/value")),
        link("slope", calculation()),
        # the largest value
        link("beyond the crest", *given(u >= a)),
        link("before the crest", *given(u <= a)),
        link("at the crest", *given(crest[1])),
        link("not bent", *given(bend(u) <= 0)),
        link("powers up", increasing("beyond the crest", y**L), u**L >= a**L, [u >= a]),
        link("powers down", increasing("before the crest", y**L), u**L <= a**L, [u <= a]),
        link(
            "lower powers up",
            Cases(L == 2, calculation(), increasing("beyond the crest", y ** (L - 2))),
            u ** (L - 2) >= a ** (L - 2),
            [u >= a],
        ),
        link(
            "lower powers down",
            Cases(L == 2, calculation(), increasing("before the crest", y ** (L - 2))),
            u ** (L - 2) <= a ** (L - 2),
            [u <= a],
        ),
        link("bent", combination({"at the crest": 1 / (gamma * a ** (L - 2))}), bend(a) > 0, crest),
        link(
            "bent beyond",
            combination({"bent": 1, "powers up": 2 * L - 1}),
            bend(u) > 0,
            [*crest, u >= a],
        ),
        link(
            "falls beyond",
            combination(
                {
                    "bent beyond": 0,
                    "lower powers up": gamma / L * bend(u),
                    "powers up": gamma / L * a ** (L - 2) * (2 * L - 1),
                    "at the crest": 1 / L,
                }
            ),
            rate >= 0,
            [*crest, u >= a],
        ),
        link(
            "rises before",
            Cases(
                bend(u) <= 0,
                combination({"not bent": gamma / L * u ** (L - 2)}),
                combination(
                    {
                        "lower powers down": gamma / L * bend(u),
                        "powers down": gamma / L * a ** (L - 2) * (2 * L - 1),
                        "at the crest": -1 / L,
                    }
                ),
            ),
            -rate >= 0,
            [*crest, u <= a],
        ),
        link("itself", calculation(), f(a) <= f(a), crest),
        link("right of it", growth("itself", "falls beyond", u, a), f(u) <= f(a), [*crest, u >= a]),
        link("left of it", growth("itself", "rises before", u, a), f(u) <= f(a), [*crest, u <= a]),
        link("largest", Cases(u >= a, instance("right of it", {}), instance("left of it", {}))),
        # back below 1
        link("beyond", *given(v > 1)),
        link("bernoulli", am_gm({v**L: 1, 1: L - 1}), v**L + (L - 1) >= L * v),
        link("power beyond", increasing("beyond", y ** (L - 1)), v ** (L - 1) > 1, [v > 1]),
        link(
            "not-beyond",
            combination({"bernoulli": gamma / L * v ** (L - 1), "power beyond": gamma * (v - 1)}),
        ),
        # back above 0
        link("nearer", *given(b <= v)),
        link("back", *given(f(v) > 0)),
        link("powers", increasing("nearer", y**L), b**L <= v**L, [b <= v]),
        link(
            "lower powers",
            Cases(L == 2, calculation(), increasing("nearer", y ** (L - 2))),
            b ** (L - 2) <= v ** (L - 2),
            [b <= v],
        ),
        link(
            "worst",
            combination(
                {
                    "back": b / v,
                    "lower powers": gamma / L * b * (v**L - 1),
                    "powers": gamma / L * b * b ** (L - 2),
                }
            ),
        ),
        # a bound of the overshoot
        link("factor", exponential(push), exp(push) >= 1 + push),
        link("step bound", combination({"factor": u}), f(u) <= u * exp(push)),
        link("below one", calculation(), u <= 1, inside),
        link("power below one", increasing("below one", y**L), u**L <= 1, inside),
        link("image", combination({"power below one": gamma / L * u ** (L - 1)}), f(u) > 0, inside),
        link(
            "power of a positive",
            increasing("step bound", y**L),
            f(u) ** L <= u**L * exp(L * push),
            [f(u) > 0],
        ),
        link(
            "power bound",
            instance("power of a positive", {}, using=["image"]),
            f(u) ** L <= u**L * exp(L * push),
            inside,
        ),
        link(
            "lower power below one",
            Cases(L == 2, calculation(), increasing("below one", y ** (L - 2))),
            u ** (L - 2) <= 1,
            inside,
        ),
        link(
            "exponents",
            combination({"lower power below one": gamma * (1 - u**L)}),
            L * push <= gamma * (1 - u**L),
            inside,
        ),
        link(
            "exponentials",
            increasing("exponents", exp(y)),
            exp(L * push) <= exp(gamma * (1 - u**L)),
            inside,
        ),
        link("tangent", exponential(gamma * u**L - 1), exp(gamma * u**L - 1) >= gamma * u**L),
        link(
            "power",
            combination(
                {"power bound": 1, "exponentials": u**L, "tangent": exp(gamma * (1 - u**L)) / gamma}
            ),
        ),
        # which return
        link("bounded", *given(v**L <= bound)),
        link("room", *given(room)),
        link("above one", calculation(), v >= 1, [v > 1]),
        link(
            "fewer powers",
            Cases(L == 2, calculation(), increasing("above one", y ** (L - 2))),
            v ** (L - 2) >= 1,
            [v > 1],
        ),
        link("square above one", increasing("above one", y**2), v**2 >= 1, [v > 1]),
        link("powers above one", increasing("above one", y**L), v**L >= 1, [v > 1]),
        link(
            "returns beyond",
            combination(
                {
                    "powers above one": 0,
                    "room": v / L,
                    "bounded": gamma * v / L * (bound + v**L - 1),
                    "square above one": gamma * v / L * v ** (L - 2) * (v**L - 1),
                }
            ),
            f(v) > 0,
            [v > 1, v**L <= bound, room],
        ),
        link("not beyond one", calculation(), v <= 1, [v <= 1]),
        link("powers of a small", increasing("not beyond one", y**L), v**L <= 1, [v <= 1]),
        link(
            "returns within",
            combination({"powers of a small": gamma / L * v ** (L - 1)}),
            f(v) > 0,
            [v <= 1],
        ),
        link(
            "returns",
            Cases(v > 1, instance("returns beyond", {}), instance("returns within", {})),
            f(v) > 0,
            [v**L <= bound, room],
        ),
        link("safe", instance("returns", {v: f(u)}, using=["image", "power"])),
        # up to gamma = 2
        link("at two", calculation(), rational(2) / 2 * exp(rational(2) - 2) >= 1),
        link("chord slope", calculation(), (gamma - 1) / 2 * exp(2 - gamma) >= 0, [gamma >= 1]),
        link(
            "chord",
            growth("at two", "chord slope", gamma, 2),
            gamma / 2 * exp(2 - gamma) >= 1,
            [gamma >= 1, gamma <= 2],
        ),
        link(
            "no larger",
            combination({"chord": exp(gamma - 1) / gamma}),
            bound <= exp(1) / 2,
            [gamma >= 1, gamma <= 2],
        ),
        link("steps", calculation(), gamma - 1 <= 1, [gamma <= 2]),
        link(
            "no larger exponential",
            increasing("steps", exp(y)),
            exp(gamma - 1) <= exp(1),
            [gamma <= 2],
        ),
        link("number", calculation(), exp(1) * (exp(1) / 2 - 1) < 2),
        link(
            "room to two",
            combination(
                {"no larger": exp(gamma - 1), "no larger exponential": exp(1) / 2 - 1, "number": 1}
            ),
            room,
            [gamma >= 1, gamma <= 2],
        ),
        link("safe-to-two", instance("safe", {}, using=["room to two"])),
        # up to a logarithm
        link("twice", calculation(), 2 * gamma - 2 <= log(L), [gamma <= 1 + log(L) / 2]),
        link(
            "square",
            increasing("twice", exp(y)),
            exp(2 * gamma - 2) <= L,
            [gamma <= 1 + log(L) / 2],
        ),
        link(
            "room to log",
            combination({"square": 1 / gamma}),
            room,
            [gamma >= 1, gamma <= 1 + log(L) / 2],
        ),
        link("safe-to-log", instance("safe", {}, using=["room to log"])),
        # at the threshold
        link(
            "lower power of a",
            instance("lower power below one", {u: a}),
            a ** (L - 2) <= 1,
            [a < 1],
        ),
        link("power of a", instance("power below one", {u: a}), a**L <= 1, [a < 1]),
        link(
            "steep",
            combination(
                {
                    "bent": 0,
                    "lower power of a": gamma * bend(a) / L,
                    "power of a": gamma * (2 * L - 1) / L,
                    "at the crest": 1 / L,
                }
            ),
            gamma >= 1,
            crest,
        ),
        link(
            "returned",
            instance("safe-to-two", {u: a}, using=["steep"]),
            f(f(a)) > 0,
            [*crest, gamma <= 2],
        ),
        link("not at zero", calculation("returned"), f(f(a)) != 0, [*crest, gamma <= 2]),
        link("beyond two", contraposition("not at zero"), gamma > 2, [*crest, f(f(a)) == 0]),
        link(
            "returned to log",
            instance("safe-to-log", {u: a}, using=["steep"]),
            f(f(a)) > 0,
            [*crest, gamma <= 1 + log(L) / 2],
        ),
        link(
            "not at zero to log",
            calculation("returned to log"),
            f(f(a)) != 0,
            [*crest, gamma <= 1 + log(L) / 2],
        ),
        link(
            "beyond a log",
            contraposition("not at zero to log"),
            gamma > 1 + log(L) / 2,
            [*crest, f(f(a)) == 0],
        ),
        # what is left after the largest overshoot
        link("rise", *given(rise)),
        link("image of the crest", combination({"rise": a / d}), f(a) == a * c, [steepness, rise]),
        link(
            "return",
            calculation(),
            f(a * c) == a * c * (1 - c ** (L - 2) * (c**L * a**L - 1) / d),
            [steepness],
        ),
        link(
            "return of v",
            combination({"return": 1}),
            f(v) == a * c * (1 - c ** (L - 2) * (c**L * a**L - 1) / d),
            [steepness, v == a * c],
        ),
        link(
            "return of the image",
            instance("return of v", {v: f(a)}, using=["image of the crest"]),
            f(f(a)) == a * c * (1 - c ** (L - 2) * (c**L * a**L - 1) / d),
            [steepness, rise],
        ),
        link("positive power", calculation(), power(c) > 0, [c >= 1]),
        link("power of the crest", calculation("positive power"), a**L == power(c), at[:2]),
        link(
            "bend of the crest",
            combination({"power of the crest": 2 * L - 1}),
            bend(a) == L / denominator(c),
            at[:2],
        ),
        link(
            "lower power of the crest",
            calculation("positive power"),
            a ** (L - 2) == power(c) ** (1 - 2 / L),
            at[:2],
        ),
        link(
            "steep there",
            calculation("positive power"),
            gamma * a ** (L - 2) * (L / denominator(c)) == L,
            at,
        ),
        link("crest", combination({"bend of the crest": gamma * a ** (L - 2), "steep there": 1})),
        link(
            "rise there",
            combination({"power of the crest": -1}),
            (c - 1) * (L / denominator(c)) == 1 - a**L,
            at,
        ),
        link(
            "value there",
            instance(
                "return of the image", {d: L / denominator(c)}, using=["rise there", "steep there"]
            ),
            f(f(a)) == a * c * (1 - c ** (L - 2) * (c**L * a**L - 1) / (L / denominator(c))),
            at,
        ),
        link(
            "value",
            combination(
                {
                    "value there": 1,
                    "power of the crest": -a * c * c ** (2 * L - 2) * denominator(c) / L,
                }
            ),
        ),
        # it grows with the overshoot
        link("further", *given(c >= b)),
        link("base of products", calculation(), b**L * power(b) >= b**L * power(b), [b >= 1]),
        link("products rise", calculation(), rising >= 0, [b >= 1, c >= b]),
        link(
            "products",
            growth("base of products", "products rise", c, b),
            c**L * power(c) >= b**L * power(b),
            [b >= 1, c >= b],
        ),
        link(
            "products from one", calculation(of("products", {b: 1})), c**L * power(c) >= 1, [c >= 1]
        ),
        link(
            "lower powers of c",
            Cases(L == 2, calculation(), increasing("further", y ** (L - 2))),
            c ** (L - 2) >= b ** (L - 2),
            [c >= b],
        ),
        link(
            "denominators", calculation(), L / denominator(b) > L / denominator(c), [b >= 1, b < c]
        ),
        link(
            "excess-rises",
            combination(
                {
                    "products from one": 0,
                    "lower powers of c": c**L * power(c) - 1,
                    "products": b ** (L - 2),
                    "denominators": 1,
                }
            ),
        ),
        link("positive power of b", instance("positive power", {c: b}), power(b) > 0, [b >= 1]),
        link("powers fall", calculation(), power(c) <= power(b), [b >= 1, b < c]),
        link(
            "their powers fall",
            Cases(
                L == 2,
                calculation("positive power", "positive power of b"),
                increasing("powers fall", y ** (1 - 2 / L)),
            ),
            power(c) ** (1 - 2 / L) <= power(b) ** (1 - 2 / L),
            [b >= 1, b < c],
        ),
        link(
            "gamma-rises",
            combination(
                {
                    "positive power": 0,
                    "positive power of b": 0,
                    "their powers fall": denominator(b)
                    / (power(b) ** (1 - 2 / L) * power(c) ** (1 - 2 / L)),
                }
            ),
        ),
        # the threshold
        link("two", Cases(L == 2, calculation(), calculation()), rational(2) ** (L - 2) >= 1),
        link(
            "sign at two",
            combination({"two": 2 * rational(2) ** (L - 2) + 1}),
            excess(rational(2)) > 0,
        ),
        link("exists", intermediate_value(threshold, "sign at two")),
        link("above 1", intermediate_value(threshold, "sign at two"), threshold > 1),
        link("below 2", intermediate_value(threshold, "sign at two"), threshold < 2),
        link("c above 1", calculation("above 1"), c > 1, critical[:1]),
        link("c below 2", calculation("below 2"), c < 2, critical[:1]),
        link("zero of c", combination({"exists": 1}), excess(c) == 0, critical[:1]),
        link("b above 1", instance("c above 1", {c: b}), b > 1, [b == threshold]),
        link("zero of b", instance("zero of c", {c: b}), excess(b) == 0, [b == threshold]),
        link(
            "less excess",
            instance("excess-rises", {b: c, c: b}),
            excess(c) < excess(b),
            [c > 1, c < b],
        ),
        link(
            "no excess below",
            combination({"less excess": 1, "zero of b": -1}),
            excess(c) < 0,
            [c > 1, c < b, b == threshold],
        ),
        link(
            "safe-below", combination({"value": 1, "no excess below": a * c * denominator(c) / L})
        ),
        link(
            "more excess",
            instance("excess-rises", {}, using=["b above 1"]),
            excess(b) < excess(c),
            [b < c, b == threshold],
        ),
        link(
            "excess above",
            combination({"more excess": 1, "zero of b": 1}),
            excess(c) > 0,
            [b < c, b == threshold],
        ),
        link(
            "unsafe-above", combination({"value": -1, "excess above": a * c * denominator(c) / L})
        ),
        link("no excess", *given(excess(c) == 0)),
        link(
            "zero",
            combination({"value": 1, "no excess": -a * c * denominator(c) / L}),
            f(f(a)) == 0,
            [*at, excess(c) == 0],
        ),
        link("power below 1", calculation(), power(c) < 1, [c > 1]),
        link(
            "crest below 1",
            combination({"power of the crest": -1, "power below 1": 1}),
            a**L < 1,
            at[:2],
        ),
        link("crest inside", increasing("crest below 1", y**L), a < 1, at[:2]),
        *at_threshold("beyond two", "more-than-two", gamma > 2),
        *at_threshold("beyond a log", "at-least-log", gamma > 1 + log(L) / 2),
        # between two bounds that grow like 2 log L
        link("at least half", calculation(), power(c) >= rational(1, 2), [c > 1, c < 2]),
        link("growing power", increasing("c beyond 1", y**L), c**L > 1, [c > 1]),
        link("c beyond 1", *given(c > 1)),
        link(
            "lower growing power",
            Cases(L == 2, calculation(), increasing("c not below 1", y ** (L - 2))),
            c ** (L - 2) >= 1,
            [c > 1],
        ),
        link("c not below 1", calculation(), c >= 1, [c > 1]),
        link("small square", calculation(), c**2 <= 4, [c > 1, c < 2]),
        link("no wide denominator", calculation(), L / denominator(c) <= L, [c > 1]),
        link(
            "square of the power",
            Cases(
                c**L <= 4,
                combination({"growing power": 4, "small power": c**L + 4 - 4}),
                combination(
                    {
                        "positive product": 0,
                        "no excess": -16,
                        "at least half": 16 * c ** (2 * L - 2),
                        "small square": 4 * c ** (L - 2) * (c**L / 2 - 1),
                        "no wide denominator": 16,
                        "large power": c**L,
                    }
                ),
            ),
            c ** (2 * L) <= 16 * L,
            solved,
        ),
        link(
            "positive product",
            combination({"large power": c ** (L - 2) / 2}),
            c ** (L - 2) * (c**L / 2 - 1) > 0,
            [c**L > 4],
        ),
        link("small power", *given(c**L <= 4)),
        link("large power", *given(c**L > 4)),
        link(
            "logarithms",
            increasing("square of the power", log(y)),
            2 * L * log(c) <= log(16 * L),
            solved,
        ),
        link("tangent of the logarithm", exponential(-log(c)), 1 / c >= 1 - log(c)),
        link(
            "first bound",
            combination({"logarithms": c, "tangent of the logarithm": 2 * L * c}),
            2 * L * (c - 1) <= c * log(16 * L),
            solved,
        ),
        link("logarithm of L", exponential(log(L) / 2), L ** rational(1, 2) >= 1 + log(L) / 2),
        link("root of L", increasing("many layers", y ** rational(1, 2)), L ** rational(1, 2) >= 1),
        link("many layers", calculation(), L >= 1),
        link(
            "root of 8 L",
            combination(
                {
                    "logarithm of L": 2,
                    "root of L": rational(8) ** rational(1, 2) - 2,
                    "number of roots": 1,
                }
            ),
            log(16 * L) <= (8 * L) ** rational(1, 2),
        ),
        link("number of roots", calculation(), log(rational(16)) < rational(8) ** rational(1, 2)),
        link("8 L", increasing("root of 8 L", y**2), log(16 * L) ** 2 <= 8 * L),
        link(
            "doubled",
            combination({"first bound": 1, "c below two": log(16 * L)}),
            2 * L * (c - 1) <= 2 * log(16 * L),
            solved,
        ),
        link("c below two", *given(c < 2)),
        link(
            "second bound",
            combination({"first bound": 1, "doubled": log(16 * L) / (2 * L), "8 L": 1 / L}),
            2 * L * (c - 1) <= 8 + log(16 * L),
            solved,
        ),
        link("narrow", combination({"second bound": 1}), denominator(c) <= width, solved),
        link(
            "half at least",
            increasing("at least half", y ** (1 - 2 / L)),
            power(c) ** (1 - 2 / L) >= rational(1, 2) ** (1 - 2 / L),
            [c > 1, c < 2, L > 2],
        ),
        link(
            "half to a power",
            Cases(L == 2, calculation(), combination({"half at least": 1, "half of half": 1})),
            power(c) ** (1 - 2 / L) >= rational(1, 2),
            [c > 1, c < 2],
        ),
        link("half of half", calculation(), rational(1, 2) ** (1 - 2 / L) >= rational(1, 2)),
        link(
            "at most twice",
            combination(
                {
                    "positive power": 0,
                    "half to a power": 2 * denominator(c) / power(c) ** (1 - 2 / L),
                }
            ),
            largest(c) <= 2 * denominator(c),
            [c > 1, c < 2],
        ),
        link(
            "not above", combination({"at most twice": 1, "narrow": 2}), largest(c) <= upper, solved
        ),
        # from below
        link("power at most 1", calculation(), power(c) <= 1, [c > 1]),
        link(
            "at least",
            combination(
                {
                    "no excess": 1,
                    "power at most 1": c ** (2 * L - 2),
                    "c beyond 1 squared": c ** (2 * L - 2),
                }
            ),
            c ** (2 * L) >= L / denominator(c),
            solved,
        ),
        link("c beyond 1 squared", increasing("c not below 1", y**2), c**2 >= 1, [c > 1]),
        link("power at least", *given(c ** (2 * L) >= L / d)),
        link(
            "logarithms of both",
            increasing("power at least", log(y)),
            2 * L * log(c) >= log(L) - log(d),
            [c ** (2 * L) >= L / d],
        ),
        link(
            "logarithms below",
            instance("logarithms of both", {d: denominator(c)}, using=["at least"]),
            2 * L * log(c) >= log(L) - log(denominator(c)),
            solved,
        ),
        link("logarithm of c", exponential(log(c)), c >= 1 + log(c)),
        link(
            "logarithm of the width",
            increasing("narrow", log(y)),
            log(denominator(c)) <= log(width),
            solved,
        ),
        link(
            "root of the width",
            exponential(log(width) / 2),
            width ** rational(1, 2) >= 1 + log(width) / 2,
        ),
        link(
            "far enough",
            combination(
                {
                    "logarithms below": 1,
                    "logarithm of c": 2 * L,
                    "logarithm of the width": 1,
                    "root of the width": 2,
                }
            ),
            2 * L * (c - 1) >= log(L) - 2 * width ** rational(1, 2),
            solved,
        ),
        link(
            "excess of the square",
            calculation(),
            denominator(c) ** 2 >= 2 * (2 * L - 1) * (c - 1) * ((L - 1) * c - (L - 2)),
            [c > 1],
        ),
        link("positive numerator", calculation(), (L - 1) * c - (L - 2) > 0, [c > 1]),
        link(
            "quotient",
            combination(
                {"positive numerator": 0, "excess of the square": 1 / ((L - 1) * c - (L - 2))}
            ),
            denominator(c) / power(c) >= 2 * (2 * L - 1) * (c - 1),
            [c > 1],
        ),
        link(
            "half again",
            increasing("at least half", y ** (2 / L)),
            power(c) ** (2 / L) >= rational(1, 2) ** (2 / L),
            [c > 1, c < 2],
        ),
        link(
            "split",
            calculation("positive power"),
            largest(c) == denominator(c) / power(c) * power(c) ** (2 / L),
            [c > 1],
        ),
        link(
            "not below the product",
            combination(
                {
                    "positive power": 0,
                    "split": 1,
                    "half again": denominator(c) / power(c),
                    "quotient": rational(1, 2) ** (2 / L),
                }
            ),
            largest(c) >= 2 * (2 * L - 1) * (c - 1) * rational(1, 2) ** (2 / L),
            [c > 1, c < 2],
        ),
        link(
            "not below",
            combination(
                {"not below the product": 1, "far enough": (2 - 1 / L) * rational(2) ** (-2 / L)}
            ),
            largest(c) >= lower,
            solved,
        ),
        *at_zero("upper", "not above"),
        *at_zero("lower", "not below"),
        link("upper-grows", limit_of_monomials()),
        link("lower-grows", limit_of_monomials()),
    ],
    false_neighbours=[
        when(chain(sigma ** (1 / L) * u) == sigma ** (1 / L) * f(u, eta), L >= 2),
        when(f(u) <= f(a), L >= 2, a < 1, u < 1),
        when(f(v) < 1, L >= 2, v > 1),
        when(f(b) > 0, L >= 2, b >= 1, b <= v),
        when(f(f(u)) > 0, L >= 2, u < 1, gamma >= 1, gamma <= 8),
        when(f(f(u)) > 0, L >= 2, u < 2, gamma >= 1, gamma <= 2),
        when(f(u) ** L <= 1, L >= 2, u < 1),
        when(excess(c) < excess(b), L >= 2, b >= 1, b < c),
        when(c > rational(3, 2), L >= 2, c == threshold),
        when(largest(c) > 4, L >= 2, c == threshold),
        when(limit(upper / log(L), L, oo) == 1),
    ],
    checks=[
        Check("depths: f at fractions beside the threshold returns, or does not", thresholds),
        Check("depths: the enclosed threshold lies between the proved bounds", bounds),
    ],
)
