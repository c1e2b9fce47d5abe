"""Results as the judge would make them, without judging."""

from verifier.statements.claims import statement_of
from verifier.verdicts import Evidence, Result, Verdict

TRUE = statement_of("H**(2/L - 1) < 1", ["H >= 2", "L >= 3"], {})
FALSE = statement_of("H**(2/L - 1) < 1", ["H >= 1", "L >= 2"], {})
LONG = statement_of(" + ".join(f"x**{n}" for n in range(1, 60)) + " > 0", ["x > 0"], {"x": "real"})

PROVED = Result("good", Verdict.PROVED, (TRUE,), ("the kernel",), seconds=0.0123)
REFUTED = Result("edge", Verdict.REFUTED, (FALSE,), ("the kernel",), (), {"H": "1", "L": "2"})
LENGTHY = Result("long", Verdict.UNDECIDED, (LONG,), reason="out of time after 1.0 s")
UNREAD = Result("bad", Verdict.ERROR, reason="f.toml:3: column 3: no relation (state one)")
THEOREM = Result(
    "two-parts",
    Verdict.REFUTED,
    (TRUE, FALSE),
    ("the kernel",),
    (
        Evidence("part", "Two parts", Verdict.PROVED, 0.1, TRUE, "first"),
        Evidence("part", "Two parts", Verdict.REFUTED, 0.1, FALSE, "second", "H = 1, L = 2"),
        Evidence("link", "calculation", Verdict.PROVED, 0.1, TRUE, "first"),
        Evidence("exact", "20 sizes", Verdict.SUPPORTED, 0.1, None, "first"),
        Evidence("exact", "4 sizes", Verdict.SUPPORTED, 0.1, None, "second"),
        Evidence("numeric", "fails at H = 1", Verdict.REFUTED, 0.1, FALSE, "second"),
        Evidence("neighbour", "refuted, as it must be", None, 0.1, FALSE, "", "H = 1"),
        Evidence("neighbour", "not refuted", Verdict.UNDECIDED, 0.1, FALSE),
    ),
    title="Two parts",
    seconds=1.5,
)
ALL = (PROVED, REFUTED, LENGTHY, UNREAD, THEOREM)
