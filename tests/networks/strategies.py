"""Small networks with rational weights, at a minimum or anywhere."""

from hypothesis import settings
from hypothesis import strategies as st

SETTINGS = settings(deadline=None, derandomize=True, max_examples=40)

DEPTHS = st.sampled_from(
    [(1,), (2,), (4,), (1, 1, 1), (2, 2), (1, 2), (3, 2), (3, 3), (1, 4), (2, 1, 3), (5, 2)]
)
RATIONALS = st.fractions(min_value=-4, max_value=4, max_denominator=6)


@st.composite
def points(draw):
    """Weights with zeros and both signs, and a target that need not be what they multiply to."""
    depths = draw(DEPTHS)
    weights = [[draw(RATIONALS | st.just(0)) for _ in range(depth)] for depth in depths]
    return depths, weights, draw(RATIONALS)
