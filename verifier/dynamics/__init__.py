"""What training does: gradient descent on the scalar multi-path network, followed step by step.

* `descent`: one run, in any kind of number,
* `outcome`: what a run did, told from its states alone,
* `curvature`: the sharpness where it stands,
* `batch`: very many runs at once in float64, on all cores, by the compiled `kernel`.

NumPy and numba are imported when they are needed, not before.
"""
