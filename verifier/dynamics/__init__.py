"""What training does: gradient descent and gradient flow, followed step by step.

* `descent`: one run on the scalar multi-path network, in any kind of number,
* `outcome`: what a run did, told from its states alone,
* `cycle`: the two-cycle that the theory gives, where a run ended in it,
* `rounding`: how far the rounding of floats moves a run,
* `curvature`: the sharpness where it stands,
* `batch`: very many runs at once in float64, on all cores, by the compiled `kernel`,
* `flow`: gradient flow, with what it conserves, by the `solver`,
* `matrices`: gradient descent on networks of matrices, mode by mode,
* `matrix_flow`: their gradient flow,
* `tanh`: the same with tanh between the layers.

NumPy, SciPy and numba are imported when they are needed, not before.
"""
