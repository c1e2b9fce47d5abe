"""Where a function crosses zero, enclosed by Arb."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flint import arb


def crossing(falling: Callable[[arb], arb], high: arb, bits: int) -> arb:
    """A ball around the only zero in (0, high] of a function that falls from plus to minus.

    Where a sign is not seen with the bits at hand, the ball is as wide as what is known.

    >>> from flint import arb
    >>> crossing(lambda x: 2 - x * x, arb(8), 50).str(10)
    '[1.414213562 +/- 3.74e-10]'
    """
    from flint import arb

    low = high
    while not falling(low) > 0:
        if not falling(low) < 0:
            return arb(0).union(high)
        low, high = low / 2, low
    for _ in range(bits):
        middle = ((low + high) / 2).mid()
        value = falling(middle)
        if value > 0:
            low = middle
        elif value < 0:
            high = middle
        else:
            break
    return low.union(high)


__all__ = ["crossing"]
