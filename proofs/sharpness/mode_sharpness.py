"""The sharpness at a depth-balanced minimum, for every way to share the target."""

from verifier.reasons import calculation, definition, of
from verifier.statements.substitution import function
from verifier.statements.vocabulary import (
    COUNT,
    NONNEGATIVE,
    REAL,
    H,
    L,
    Sum,
    family,
    integer,
    sharpness,
    sigma,
    split,
    weights,
)
from verifier.theorem import Theorem, link, when

w = family("w", REAL, 2)
s = family("s", NONNEGATIVE)
depth = family("L", COUNT)
h, l = map(integer, "h l".split())  # noqa: E741

layers = function((h, l), s[h] ** (1 / depth[h]))
at_weights = sharpness(weights(layers), L=depth)
shares = Sum(s[h], (h, 1, H)) == sigma

theorem = Theorem(
    label="mode-sharpness",
    title="Sharpness of a depth-balanced minimum",
    source="P; mode-sharpness in mathematics.md",
    why="""
    Every layer of pathway h carries the weight s_h^(1/L_h), so the product of the layers is s_h
    and the residual is zero. By gauss-newton the sharpness is the sum of the squares of the
    partial derivatives; each of the L_h layers of pathway h contributes s_h^(2(L_h - 1)/L_h).
    """,
    given=[shares],
    claims={
        "unequal-depth": sharpness(split(s), L=depth)
        == Sum(depth[h] * s[h] ** (2 - 2 / depth[h]), (h, 1, H)),
        "equal-depth": sharpness(split(s)) == L * Sum(s[h] ** (2 - 2 / L), (h, 1, H)),
    },
    proof=[
        link("weights", definition(), sharpness(split(s), L=depth) == at_weights),
        link(
            "unequal-depth",
            calculation("weights", of("gauss-newton/sharpness", {w: layers})),
        ),
        link("equal-depth", calculation(of("unequal-depth", {depth: function((h,), L)}))),
    ],
    false_neighbours=[
        when(sharpness(split(s)) == Sum(s[h] ** (2 - 2 / L), (h, 1, H)), shares),
        when(sharpness(split(s)) == L * Sum(s[h] ** (2 - 1 / L), (h, 1, H)), shares),
        when(sharpness(split(s)) == L * Sum(s[h] ** (2 - 2 / L), (h, 1, H - 1)), shares),
        when(sharpness(split(s)) == L * sigma ** (2 - 2 / L), shares),
    ],
)
