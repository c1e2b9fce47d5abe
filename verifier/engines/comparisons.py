"""The comparisons that relations name, in whatever numbers an engine computes."""

from __future__ import annotations

import operator

#: By the sign of the relation; only the one that is asked for is computed.
COMPARISONS = {
    "<": operator.lt, "<=": operator.le, "==": operator.eq,
    "!=": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip

__all__ = ["COMPARISONS"]
