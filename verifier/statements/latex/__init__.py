r"""LaTeX of terms, relations and statements, by a visitor over the tree.

`boxes` says what a printed term is; each other file prints some operations.

>>> from verifier.statements.vocabulary import H, L
>>> latex(H ** (2 / L - 1) < 1)
'H^{2/L - 1} < 1'
"""

from verifier.statements.latex import arithmetic as arithmetic
from verifier.statements.latex import calculus as calculus
from verifier.statements.latex import networks as networks
from verifier.statements.latex.boxes import Style
from verifier.statements.latex.chains import chains
from verifier.statements.latex.statements import below, displayed, latex, row_of

__all__ = ["Style", "below", "chains", "displayed", "latex", "row_of"]
