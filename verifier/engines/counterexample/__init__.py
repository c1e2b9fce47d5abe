"""Searching for a counterexample: `falsify` tries the values that the other files suggest.

`cases` puts small and extreme `values` together, `layers` has networks of matrices, and `critical`
those at which the claim is about to fail.  `judging` says whether the claim holds at them:
`rational` decides most of them quickly, with the `spectra` of networks.  What fails is confirmed by
the kernel.
"""
