"""Numbers from the theorems: sharpness and spectra at minima of any size, and how they compare.

`sharpness` evaluates the proved formula, and `optimum` finds the split that makes it least;
`spectrum` evaluates that of matrix networks, at a `minimum` that the command line names, with equal
values found exactly by `radicals`; `check` holds it against the definition.
`return_threshold` encloses the step size up to which every overshoot of a chain returns, and
`cycle` the two layer values that a step beyond 2/S_1 exchanges.
"""
