"""What training does: gradient descent on the scalar multi-path network, followed step by step.

* `descent`: one run, in any kind of number,
* `curvature`: the sharpness where it stands.
"""
