"""Searching for a counterexample: `falsify` tries the values that the other files suggest.

`values` has small and extreme ones, `critical` those at which the claim is about to fail;
`rational` decides most of them quickly.  What fails is confirmed by the kernel.
"""
