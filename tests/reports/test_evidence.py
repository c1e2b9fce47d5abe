"""What the evidence of a result is counted as."""

from verifier.reports.evidence import findings
from verifier.verdicts import Evidence, Result, Verdict


def test_a_refuted_neighbour_without_variables_counts_as_refuted():
    neighbours = (
        Evidence("neighbour", "refuted, as it must be", None),  # there is no value to print
        Evidence("neighbour", "not refuted", Verdict.UNDECIDED),
        Evidence("neighbour", "proved, though meant to be false", Verdict.ERROR),
    )
    found = findings(Result("x", Verdict.PROVED, evidence=neighbours))
    assert found == ["false neighbours: 1 of 3 refuted"]
