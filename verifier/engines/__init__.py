"""Who searches: each engine looks for a proof or a counterexample; only the kernel accepts it."""
