"""Property testing for users: Hypothesis strategies, evaluation by definition, a pytest plugin.

Every strategy draws valid objects directly and shrinks to the simplest:

>>> from verifier.testing import simplest, splits
>>> simplest(splits(pathways=3, target=1), lambda shares: 0 in shares)
(Fraction(1, 1), Fraction(0, 1), Fraction(0, 1))

* `sizes`: depths, numbers of pathways, and the depths of all pathways of a network,
* `numbers`: exact rationals, targets of either sign and of every magnitude,
* `shares`: the shares of a target, inside the simplex, on its boundary and outside it,
* `steps`: step sizes, around the largest stable one,
* `weights`: scalar networks at any weights, and at minima on and off the depth-balanced set,
* `matrices`: networks of matrices at any weights, at minima, and at aligned minima,
* `statements`: values of a statement's variables that satisfy what is given, at its edges first,
* `drawing`: how these values are drawn: equalities solved, inequalities as bounds,
* `search`: the simplest value of a strategy that has some property,
* `evaluation`: both sides of a statement at such values, from the definition,
* `plugin`: theorems and claims as tests of pytest.

Names are imported on first use, so that pytest, which loads the plugin, stays quick.
"""

from typing import TYPE_CHECKING

from verifier.lazy import lazy

if TYPE_CHECKING:
    from .evaluation import sides as sides
    from .evaluation import too_close as too_close
    from .matrices import aligned_networks as aligned_networks
    from .matrices import matrix_networks as matrix_networks
    from .numbers import rationals as rationals
    from .numbers import targets as targets
    from .search import simplest as simplest
    from .shares import allocations as allocations
    from .shares import splits as splits
    from .sizes import depths as depths
    from .sizes import pathway_counts as pathway_counts
    from .sizes import shapes as shapes
    from .statements import assignments as assignments
    from .steps import step_sizes as step_sizes
    from .weights import Point as Point
    from .weights import balanced_minima as balanced_minima
    from .weights import minima as minima
    from .weights import points as points
    from .weights import unbalanced_minima as unbalanced_minima

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "statements": "assignments",
        "evaluation": "sides too_close",
        "matrices": "aligned_networks matrix_networks",
        "weights": "Point balanced_minima minima points unbalanced_minima",
        "search": "simplest",
        "sizes": "depths pathway_counts shapes",
        "shares": "allocations splits",
        "steps": "step_sizes",
        "numbers": "rationals targets",
    },
)
