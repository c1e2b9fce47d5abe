"""Small networks, their starts, targets and step sizes, in fractions."""

from fractions import Fraction

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

SETTINGS = settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    stateful_step_count=50,
    report_multiple_bugs=False,
    print_blob=False,
)

DEPTHS = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple)
VALUES = st.fractions(min_value=-2, max_value=2, max_denominator=5)
TARGETS = st.fractions(min_value=-3, max_value=3, max_denominator=4)
STEP_SIZES = st.fractions(min_value=Fraction(1, 8), max_value=1, max_denominator=8)


@st.composite
def balanced_runs(draw, depths=DEPTHS):
    """Depths, one layer value a pathway, a target and a step size."""
    found = draw(depths)
    start = tuple(draw(VALUES) for _ in found)
    return found, start, draw(TARGETS), draw(STEP_SIZES)


@st.composite
def weight_runs(draw, depths=DEPTHS):
    """Depths, all weights, a target and a step size."""
    found = draw(depths)
    start = tuple(tuple(draw(VALUES) for _ in range(depth)) for depth in found)
    return found, start, draw(TARGETS), draw(STEP_SIZES)
