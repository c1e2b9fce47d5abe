"""Drawing values that satisfy all that a statement has given, by construction.

* `draft`: values of some variables, and what they leave to the others,
* `bounds`: between which numbers a variable must lie,
* `equations`: equalities as polynomials, and which variable each of them gives,
* `solutions`: the values that an equation leaves to its only variable,
* `members`: members of families as variables of their own,
* `written`: sums over literal ranges written out.
"""
