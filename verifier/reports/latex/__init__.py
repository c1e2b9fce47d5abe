"""LaTeX: theorems with their proofs, tables of verdicts, statements; pieces, or a document.

Everything is printed from the objects that were judged.
"""

from verifier.reports.latex.document import document, preamble
from verifier.reports.latex.statement import WIDTH, statement
from verifier.reports.latex.table import overview, table
from verifier.reports.latex.theorem import theorem

__all__ = ["WIDTH", "document", "overview", "preamble", "statement", "table", "theorem"]
