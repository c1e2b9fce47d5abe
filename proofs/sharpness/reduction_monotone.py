"""The reduction of sharpness is real, and grows with the number of pathways and with depth."""

from verifier.reasons import calculation, limit_of_monomials, of
from verifier.statements.vocabulary import (
    H,
    L,
    balanced,
    limit,
    oo,
    sharpness,
    single_path,
)
from verifier.theorem import Theorem, link, when


def ratio(H=H, L=L):
    """The sharpness of the balanced minimum over that of a single path."""
    return sharpness(balanced, H=H, L=L) / sharpness(single_path, H=H, L=L)


theorem = Theorem(
    label="reduction-monotone",
    title="The reduction grows with pathways and with depth",
    source="P; reduction-monotone in mathematics.md",
    why="""
    The ratio is H^(2/L - 1), with a negative exponent for L >= 3 that decreases in L towards
    -1. A power of a base above 1 moves with its exponent; a negative power moves against its
    base.
    """,
    claims={
        "below-one": when(ratio() < 1, H >= 2, L >= 3),
        "decreases-in-H": when(ratio(H=H + 1) < ratio(), L >= 3),
        "decreases-in-L": when(ratio(L=L + 1) < ratio(), H >= 2, L >= 2),
        "many-layers": limit(H ** (2 / L - 1), L, oo) == 1 / H,
        "many-pathways": when(limit(H ** (2 / L - 1), H, oo) == 0, L >= 3),
    },
    proof=[
        link("below-one", calculation("sharpness-reduction/ratio")),
        link(
            "decreases-in-H",
            calculation("sharpness-reduction/ratio", of("sharpness-reduction/ratio", {H: H + 1})),
        ),
        link(
            "decreases-in-L",
            calculation("sharpness-reduction/ratio", of("sharpness-reduction/ratio", {L: L + 1})),
        ),
        link("many-layers", limit_of_monomials()),
        link("many-pathways", limit_of_monomials()),
    ],
    false_neighbours=[
        when(ratio() < 1, H >= 2, L >= 2),
        when(ratio() < 1, L >= 3),
        when(ratio(H=H + 1) < ratio(), L >= 2),
        when(ratio(L=L + 1) < ratio(), L >= 2),
        when(ratio(L=L + 1) < ratio(), H >= 2),
        when(limit(H ** (2 / L - 1), L, oo) == 1),
        when(limit(H ** (2 / L - 1), H, oo) == 0, L >= 2),
    ],
)
