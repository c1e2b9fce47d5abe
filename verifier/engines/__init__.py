"""Who searches: each engine looks for a proof or a counterexample; only the kernel accepts it.

Proofs.  `search(statement)` returns a `Proved` or raises `Refused`: `calculation` (identities,
signs), `means` (weighted AM-GM), `tangents` (exp(t) >= 1 + t), `exhaustion`, `induction`; `prover`
tries them in turn, and cases.  To add a method, add a file and name it in `prover.METHODS`.

Counterexamples.  `falsify` tries the values of `values` and `draws`; the kernel confirms them.

Witnesses that share nothing with the kernel's algebra, against which theorems are checked:
`rational` and `sizes` (exact, from the second derivatives that SymPy derives), `lowering` (the
derivatives of SymPy itself), `numeric` and `draws` (mpmath, 50 digits, from the definition).
"""
