"""The shipped theorems, one a file: the sections in the order in which they build on one another.

The `ORDER` of a section is its table of contents; a theorem that it does not name stands at its
end.
"""

SECTIONS = ("landscape", "sharpness", "descent", "flow", "matrices", "literature")
