"""What is derived: multi-pathway deep linear networks, straight from their definition.

This room is the independent side against which theorems are checked.  It knows the loss and how
to differentiate it, and it never uses a closed form for sharpness:

* `allocations`: how a target is divided among the pathways (standard library only),
* `definition`: the output and the loss, for any kind of number,
* `scalar`: gradient and Hessian in SymPy,
* `at_minimum`: the same at a depth-balanced minimum, and its spectrum,
* `numeric`: Hessian and sharpness in high precision, through hyper-dual numbers and mpmath,
* `exact`: Hessian, spectrum and eigenpairs over the rationals, through SymPy and FLINT,
* `matrix`: networks of matrices, their gradient and Hessian entry by entry, exact or in mpmath,
* `aligned`: their aligned, depth-balanced minima,
* `bases`: the same networks in other orthogonal bases,
* `landscape`: any smooth loss in named parameters that a user brings,
* `matrix_free`: their Hessian times a vector in float64, and its largest eigenvalues.

Names are imported on first use, so that importing the package loads no computer algebra.
"""

from typing import TYPE_CHECKING

from verifier.lazy import lazy

if TYPE_CHECKING:
    from .aligned import aligned_minimum as aligned_minimum
    from .aligned import check_share as check_share
    from .aligned import exact_root as exact_root
    from .aligned import mpf_root as mpf_root
    from .allocations import Allocation as Allocation
    from .allocations import Shared as Shared
    from .allocations import Split as Split
    from .allocations import allocation_of as allocation_of
    from .allocations import balanced as balanced
    from .allocations import layer_signs as layer_signs
    from .allocations import parse_allocation as parse_allocation
    from .allocations import parse_rational as parse_rational
    from .allocations import shared as shared
    from .allocations import single_path as single_path
    from .allocations import split as split
    from .at_minimum import ScalarMinimum as ScalarMinimum
    from .bases import cayley as cayley
    from .bases import in_bases as in_bases
    from .definition import loss as loss
    from .definition import output as output
    from .errors import AllocationError as AllocationError
    from .errors import NetworkError as NetworkError
    from .exact import eigenvalues_above as eigenvalues_above
    from .exact import exact_hessian as exact_hessian
    from .exact import exact_spectrum as exact_spectrum
    from .exact import is_eigenpair as is_eigenpair
    from .exact import symbolic_eigenpair as symbolic_eigenpair
    from .landscape import Answer as Answer
    from .landscape import Finding as Finding
    from .landscape import Landscape as Landscape
    from .landscape import Sharpness as Sharpness
    from .matrix import Convention as Convention
    from .matrix import MatrixNetwork as MatrixNetwork
    from .matrix_free import MatrixFreeHessian as MatrixFreeHessian
    from .numeric import hessian as hessian
    from .numeric import residual as residual
    from .numeric import sharpness as sharpness
    from .numeric import sharpness_at as sharpness_at
    from .numeric import weights_at as weights_at
    from .scalar import ScalarNetwork as ScalarNetwork

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "aligned": "aligned_minimum check_share exact_root mpf_root",
        "allocations": "Allocation Shared Split allocation_of balanced layer_signs parse_allocation"
        " parse_rational shared single_path split",
        "at_minimum": "ScalarMinimum",
        "bases": "cayley in_bases",
        "definition": "loss output",
        "errors": "AllocationError NetworkError",
        "exact": "eigenvalues_above exact_hessian exact_spectrum is_eigenpair symbolic_eigenpair",
        "landscape": "Answer Finding Landscape Sharpness",
        "matrix": "Convention MatrixNetwork",
        "matrix_free": "MatrixFreeHessian",
        "numeric": "hessian residual sharpness sharpness_at weights_at",
        "scalar": "ScalarNetwork",
    },
)
