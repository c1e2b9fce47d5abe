"""The sharpness when a single pathway carries the whole target."""

from verifier.reasons import calculation, definition, of
from verifier.statements.vocabulary import H, L, k, shared, sharpness, sigma, single_path
from verifier.theorem import Theorem, link, when

theorem = Theorem(
    label="single-path",
    title="Sharpness of a single path",
    source="P; single-path in mathematics.md",
    why="""
    A single path is the case k = 1 of shared-k: the other H - 1 pathways are silent, and at
    depth L >= 2 they add nothing, so that the number of pathways does not occur.
    """,
    claims={
        "value": when(sharpness(single_path) == L * sigma ** (2 - 2 / L), L >= 2),
        "depth-one": when(sharpness(single_path) == H, L == 1),
    },
    proof=[
        link("one of them", definition(), sharpness(single_path) == sharpness(shared(1))),
        link("value", calculation("one of them", of("shared-k/value", {k: 1}))),
        link("depth-one", calculation("one of them", of("shared-k/depth-one", {k: 1}))),
    ],
    false_neighbours=[
        when(sharpness(single_path) == L * sigma ** (2 - 2 / L)),
        when(sharpness(single_path) == L * sigma ** (2 - 1 / L), L >= 2),
        when(sharpness(single_path) == sigma ** (2 - 2 / L), L >= 2),
        when(sharpness(single_path) == (L - 1) * sigma ** (2 - 2 / L), L >= 2),
        when(sharpness(single_path) == H * L * sigma ** (2 - 2 / L), L >= 2),
    ],
)
