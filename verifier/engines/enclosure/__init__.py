"""Ball arithmetic on boxes: `enclosure` divides them, `boxes` decides one.

`bounding` and `narrowing` find the bounds of the variables, `evaluation` and `intervals` compute,
`slopes` differentiates, `unrolled` writes out sums and conditions.
"""
