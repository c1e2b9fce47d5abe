"""Searching for a proof: `prover.search(statement)` returns a `Proved` or raises `Refused`.

Methods settle a claim: `calculation` (normal forms and signs), `means` (weighted AM-GM),
`combining` (known inequalities added up; `lemmas` knows them, `simplex` finds the factors).
Divisions take it apart: `exhaustion`, `monotone`, `induction`, `contraposition`, `cases`, `slope`.
`prover` tries them in turn: to add one, add a file and name it there.
"""
