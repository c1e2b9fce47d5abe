"""Step sizes with which every overshoot of gradient descent on a single pathway is back at once."""

from math import log as natural_log

from proofs.descent.overshoots import a, bend, crest, crests, f, gamma, given, moved, u, v, y
from verifier.reasons import (
    Cases,
    calculation,
    combination,
    contraposition,
    exponential,
    growth,
    increasing,
    instance,
)
from verifier.statements.vocabulary import L, exp, log, rational
from verifier.theorem import Check, Disproved, Theorem, link, when


def crests_that_land_below():
    """Crests in fractions whose overshoot is not back: gamma is beyond both bounds."""
    count = 0
    for depth, place, pace in crests():
        if moved(moved(place, depth, pace), depth, pace) > 0:
            continue
        if not pace > max(2, 1 + natural_log(depth) / 2):
            raise Disproved(f"L = {depth}, gamma = {pace}: not back from {place}")
        count += 1
    return count


push = gamma / L * u ** (L - 2) * (1 - u**L)
bound = exp(gamma - 1) / gamma
room = gamma * bound * (bound - 1) < L
inside = (u < 1,)
lands = f(f(a)) == 0

theorem = Theorem(
    label="overshoots-return",
    title="Every overshoot of a single pathway returns up to gamma = 2, and up to 1 + log(L)/2",
    source="P that gamma may exceed 2, the logarithm O; worst-case-return in mathematics.md",
    why="""
    In the notation of overshoots, 1 + s <= exp(s) and p exp(-gamma p) <= exp(-1)/gamma with p = u^L
    give f(u)^L <= B = exp(gamma-1)/gamma for all u in (0, 1). An overshoot v > 1 returns if
    gamma v^(L-2) (v^L - 1) < L, and v^(L-2) <= v^L <= B: so all overshoots return if
    gamma B (B-1) < L. That holds up to gamma = 2 for every L >= 2, by the chord of the convex
    exponential, and up to gamma = 1 + log(L)/2. Hence the crest lands on 0 for larger gamma only.
    """,
    given=[L >= 2],
    claims={
        "power": when(f(u) ** L <= bound, *inside),
        "safe": when(f(f(u)) > 0, *inside, gamma >= 1, room),
        "safe-to-two": when(f(f(u)) > 0, *inside, gamma >= 1, gamma <= 2),
        "safe-to-log": when(f(f(u)) > 0, *inside, gamma >= 1, gamma <= 1 + log(L) / 2),
        "beyond-two": when(gamma > 2, *crest, lands),
        "beyond-log": when(gamma > 1 + log(L) / 2, *crest, lands),
    },
    proof=[
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
                    "room": v / L,
                    "bounded": gamma * v / L * (bound + v**L - 1),
                    "square above one": gamma * v / L * v ** (L - 2) * (v**L - 1),
                },
                using=["powers above one"],
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
        # where the crest lands on 0
        link("at the crest", *given(crest[1])),
        link("bent", combination({"at the crest": 1 / (gamma * a ** (L - 2))}), bend(a) > 0, crest),
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
                    "lower power of a": gamma * bend(a) / L,
                    "power of a": gamma * (2 * L - 1) / L,
                    "at the crest": 1 / L,
                },
                using=["bent"],
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
        link("beyond-two", contraposition("not at zero")),
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
        link("beyond-log", contraposition("not at zero to log")),
    ],
    false_neighbours=[
        when(f(u) ** L <= 1, L >= 2, u < 1),
        when(f(f(u)) > 0, L >= 2, u < 1, gamma >= 1, gamma <= 8),
        when(f(f(u)) > 0, L >= 2, u < 2, gamma >= 1, gamma <= 2),
        when(f(f(u)) > 0, L >= 2, u < 1, gamma >= 1),
    ],
    checks=[Check("crests in fractions: gamma is beyond both", crests_that_land_below)],
)
