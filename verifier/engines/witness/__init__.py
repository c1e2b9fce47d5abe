"""Witnesses that share nothing with the kernel's algebra, against which theorems are checked.

`numeric` and `draws`: mpmath, 50 digits, from the definition; `evaluator` and `spectra` compute the
numbers, `errors` says why there is none.  `sizes`: exact, from the derivatives
that SymPy derives; `lowering` translates for it.  `independent` and `without_flint`: SymPy in a
process without FLINT, at the values of `small_integers`, through `symbolic_point`.
"""
