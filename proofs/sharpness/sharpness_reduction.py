"""Sharing a signal over all H pathways multiplies its sharpness by H^(2/L - 1)."""

from verifier.reasons import calculation, definition, of
from verifier.statements.substitution import function
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    H,
    L,
    Sum,
    balanced,
    family,
    integer,
    sharpness,
    sigma,
    single_path,
    split,
)
from verifier.theorem import Theorem, link, when

s = family("s", NONNEGATIVE)
h = integer("h")

equal = function((h,), sigma / H)
ratio = sharpness(balanced) / sharpness(single_path)

theorem = Theorem(
    label="sharpness-reduction",
    title="Sharing lowers sharpness by the factor H^(2/L - 1)",
    source="P; arXiv 2606.05219, Theorem 4.2; sharpness-reduction in mathematics.md",
    why="""
    Each of the H pathways carries sigma/H. By mode-sharpness the sharpness is H equal terms L
    (sigma/H)^(2 - 2/L), and one such term with sigma in place of sigma/H is that of a single
    path; sigma and L cancel from the ratio. At depth 1 sharing changes nothing: the ratio is 1.
    """,
    claims={
        "balanced": when(
            sharpness(balanced) == L * sigma ** (2 - 2 / L) * H ** (2 / L - 1), L >= 2
        ),
        "balanced-depth-one": when(sharpness(balanced) == H, L == 1),
        "ratio": when(ratio == H ** (2 / L - 1), L >= 2),
        "ratio-depth-one": when(ratio == 1, L == 1),
    },
    proof=[
        link("as a split", definition(), sharpness(balanced) == sharpness(split(equal))),
        link("whole", calculation(), Sum(sigma / H, (h, 1, H)) == sigma),
        link(
            "sum",
            calculation(
                "as a split", of("mode-sharpness/equal-depth", {s: equal}, using=["whole"])
            ),
            sharpness(balanced) == L * H * (sigma / H) ** (2 - 2 / L),
        ),
        link("balanced", calculation("sum")),
        link("balanced-depth-one", calculation("sum")),
        link("ratio", calculation("balanced", "single-path/value")),
        link("ratio-depth-one", calculation("balanced-depth-one", "single-path/depth-one")),
    ],
    false_neighbours=[
        when(ratio == H ** (2 / L - 1)),
        when(ratio == H ** (1 / L - 1), L >= 2),
        when(ratio == H ** (2 / (L - 1) - 1), L >= 2),
        when(ratio == L * H ** (2 / L - 1), L >= 2),
        when(ratio < 1, L >= 2),
        when(ratio < 1, L >= 3),
    ],
)
