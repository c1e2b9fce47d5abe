"""The sharpness when k of the H pathways share the target equally."""

from verifier.reasons import calculation, definition, of, splitting
from verifier.statements.substitution import function
from verifier.statements.vocabulary import (
    NONNEGATIVE,
    H,
    Iverson,
    L,
    Sum,
    family,
    integer,
    k,
    shared,
    sharpness,
    sigma,
    split,
)
from verifier.theorem import Theorem, link, when

s = family("s", NONNEGATIVE)
h, l = map(integer, "h l".split())  # noqa: E741

share = function((h,), sigma / k * Iverson(h <= k))


def summed(term):
    """The sum of a term with the share sigma/k or 0, over all pathways, at place k divided."""
    part = term(sigma / k * Iverson(h <= k))
    return Sum(part, (h, 1, H)) == Sum(part, (h, 1, k)) + Sum(part, (h, k + 1, H))


theorem = Theorem(
    label="shared-k",
    title="Sharpness when k pathways share the target",
    source="O; shared-k in mathematics.md",
    why="""
    The first k pathways carry sigma/k each, the others nothing. In mode-sharpness a silent
    pathway contributes 0 to a power that is positive for L >= 2, and k equal terms are left. At
    L = 1 that power is 0**0 = 1: every weight has the derivative 1, whether its pathway carries
    anything or not, and the sharpness is H.
    """,
    given=[k <= H],
    claims={
        "value": when(sharpness(shared(k)) == L * sigma ** (2 - 2 / L) * k ** (2 / L - 1), L >= 2),
        "depth-one": when(sharpness(shared(k)) == H, L == 1),
    },
    proof=[
        link("as a split", definition(), sharpness(shared(k)) == sharpness(split(share))),
        link("shares divided", splitting(k), summed(lambda x: x)),
        link("whole", calculation("shares divided"), Sum(share.args[1], (h, 1, H)) == sigma),
        link("powers divided", splitting(k), summed(lambda x: x ** (2 - 2 / L))),
        link(
            "value",
            calculation(
                "powers divided",
                "as a split",
                of("mode-sharpness/equal-depth", {s: share}, using=["whole"]),
            ),
        ),
        link(
            "depth-one",
            calculation(
                "powers divided",
                "as a split",
                of("mode-sharpness/equal-depth", {s: share}, using=["whole"]),
            ),
        ),
    ],
    false_neighbours=[
        when(sharpness(shared(k)) == L * sigma ** (2 - 2 / L) * k ** (2 / L - 1), k <= H),
        when(sharpness(shared(k)) == L * sigma ** (2 - 1 / L) * k ** (2 / L - 1), k <= H, L >= 2),
        when(sharpness(shared(k)) == sigma ** (2 - 2 / L) * k ** (2 / L - 1), k <= H, L >= 2),
        when(
            sharpness(shared(k)) == L * sigma ** (2 - 2 / L) * k ** (2 / (L - 1) - 1),
            k <= H,
            L >= 2,
        ),
    ],
)
