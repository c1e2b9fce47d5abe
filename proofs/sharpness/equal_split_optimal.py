"""Of all ways to share the target, the equal split is flattest and the single path sharpest."""

from verifier.reasons import (
    Cases,
    am_gm,
    calculation,
    of,
    splitting,
    summation,
    summation_strict_at,
)
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    H,
    L,
    Sum,
    balanced,
    between,
    family,
    integer,
    sharpness,
    sigma,
    single_path,
    split,
)
from verifier.theorem import Theorem, link, when

s = family("s", NONNEGATIVE)
h, i = integer("h"), integer("i")

p = 2 - 2 / L
m = sigma / H
within = between(1, h, H)
place = between(1, i, H)

total = Sum(s[h], (h, 1, H))
powers = Sum(s[h] ** p, (h, 1, H))


def tangent(x):
    """The tangent of x**p at the mean m."""
    return m**p + p * m ** (p - 1) * (x - m)


def chord(x):
    """The chord of x**p from 0 to sigma."""
    return x * sigma ** (p - 1)


tangents = Sum(tangent(s[h]), (h, 1, H))
chords = Sum(chord(s[h]), (h, 1, H))

theorem = Theorem(
    label="equal-split-optimal",
    title="The equal split is the unique flattest one",
    source="P; equal-split-optimal in mathematics.md",
    why="""
    With p = 2 - 2/L the sharpness is L times the sum of s_h^p (mode-sharpness). The power x^p
    lies above its tangent at the mean sigma/H; adding up the H tangents, the shares enter only
    through their sum, and H (sigma/H)^p is left: the equal split. Off the mean, the tangent
    lies strictly below, for p > 1. In the other direction a share is at most sigma, so x^p lies
    below the chord x sigma^(p-1); adding up the chords gives sigma^p: the single path. At L = 2
    the power is x itself, and all splits are equally sharp.
    """,
    given=[total == sigma],
    claims={
        "minimum": when(sharpness(split(s)) >= sharpness(balanced), L >= 2),
        "unique": when(sharpness(split(s)) > sharpness(balanced), L >= 3, *place, s[i] != m),
        "maximum": when(sharpness(split(s)) <= sharpness(single_path), L >= 2),
        "single-path-only": when(
            sharpness(split(s)) < sharpness(single_path), L >= 3, *place, s[i] > 0, s[i] < sigma
        ),
        "depth-two": when(sharpness(split(s)) == sharpness(single_path), L == 2),
    },
    proof=[
        link(
            "tangent",
            am_gm({s[h] ** p: 1, m**p: p - 1}),
            s[h] ** p >= tangent(s[h]),
            [L >= 2, *within],
        ),
        link("tangents", summation("tangent", h), powers >= tangents, [L >= 2]),
        link("tangents added", calculation(), tangents == H * m**p, [L >= 2]),
        link(
            "minimum",
            calculation(
                "tangents",
                "tangents added",
                "mode-sharpness/equal-depth",
                "sharpness-reduction/balanced",
            ),
        ),
        link(
            "off the tangent",
            am_gm({s[i] ** p: 1, m**p: p - 1}, distinct=(0, 1)),
            s[i] ** p > tangent(s[i]),
            [L >= 3, *place, s[i] != m],
        ),
        link(
            "tangents, one strict",
            summation_strict_at("tangent", h, i, "off the tangent"),
            powers > tangents,
            [L >= 3, *place, s[i] != m],
        ),
        link(
            "unique",
            calculation(
                "tangents, one strict",
                "tangents added",
                "mode-sharpness/equal-depth",
                "sharpness-reduction/balanced",
            ),
        ),
        link(
            "before",
            splitting(i - 1),
            total == Sum(s[h], (h, 1, i - 1)) + Sum(s[h], (h, i, H)),
            place,
        ),
        link(
            "after",
            splitting(i),
            Sum(s[h], (h, i, H)) == Sum(s[h], (h, i, i)) + Sum(s[h], (h, i + 1, H)),
            place,
        ),
        link("part", calculation("before", "after"), s[i] <= sigma, place),
        link(
            "chord",
            Cases(s[h] > 0, calculation(of("part", {i: h})), calculation()),
            s[h] ** p <= chord(s[h]),
            [L >= 2, *within],
        ),
        link("chords", summation("chord", h), powers <= chords, [L >= 2]),
        link("chords added", calculation(), chords == sigma**p, [L >= 2]),
        link(
            "maximum",
            calculation(
                "chords", "chords added", "mode-sharpness/equal-depth", "single-path/value"
            ),
        ),
        link(
            "below the chord",
            calculation(),
            s[i] ** p < chord(s[i]),
            [L >= 3, *place, s[i] > 0, s[i] < sigma],
        ),
        link(
            "chords, one strict",
            summation_strict_at("chord", h, i, "below the chord"),
            powers < chords,
            [L >= 3, *place, s[i] > 0, s[i] < sigma],
        ),
        link(
            "single-path-only",
            calculation(
                "chords, one strict",
                "chords added",
                "mode-sharpness/equal-depth",
                "single-path/value",
            ),
        ),
        link("depth-two", calculation("mode-sharpness/equal-depth", "single-path/value")),
    ],
    false_neighbours=[
        when(sharpness(split(s)) > sharpness(balanced), total == sigma, L >= 3),
        when(sharpness(split(s)) > sharpness(balanced), total == sigma, L >= 2, *place, s[i] != m),
        when(sharpness(split(s)) < sharpness(single_path), total == sigma, L >= 3),
        when(sharpness(split(s)) < sharpness(single_path), total == sigma, L >= 2, H >= 2),
        when(sharpness(split(s)) == sharpness(single_path), total == sigma, L == 3),
        when(sharpness(split(s)) >= sharpness(single_path), total == sigma, L >= 2),
    ],
)
