"""Who searches: engines propose proofs, counterexamples and boxes; only the kernel accepts a proof.

`proof` looks for a kernel proof: methods, and what takes a claim apart.  `counterexample` looks
for values at which a claim fails.  `smt` asks z3, `enclosure` ball arithmetic.  `witness` holds
what shares nothing with the kernel, against which theorems are checked.
"""
