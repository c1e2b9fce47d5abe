"""How verdicts are shown: on a terminal, as JSON, as LaTeX; always printed from what was judged."""
