"""Allocations: exact division, the text form, and errors that say what to do."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.networks import (
    AllocationError,
    balanced,
    layer_signs,
    parse_allocation,
    parse_rational,
    shared,
    single_path,
    split,
)

SETTINGS = settings(deadline=None, derandomize=True, max_examples=100)
RATIONALS = st.fractions(min_value=-9, max_value=9, max_denominator=20)
ALLOCATIONS = st.one_of(
    st.sampled_from([single_path, balanced]),
    st.builds(shared, st.integers(1, 9)),
    st.lists(RATIONALS, min_size=1, max_size=9).map(lambda shares: split(*shares)),
)


@SETTINGS
@given(st.integers(1, 9), st.integers(1, 9), RATIONALS)
def test_equal_shares_sum_to_the_target_and_the_rest_is_silent(active, paths, target):
    paths = max(active, paths)
    shares = shared(active).shares(paths, target)
    assert sum(shares) == target
    assert shares == (target / active,) * active + (Fraction(0),) * (paths - active)


def test_single_and_balanced_are_the_ends_of_shared():
    assert single_path == shared(1)
    assert balanced.shares(5, 2) == shared(5).shares(5, 2)
    assert balanced.shares(1, 2) == single_path.shares(1, 2) == (Fraction(2),)


@SETTINGS
@given(st.lists(RATIONALS, min_size=1, max_size=9))
def test_a_split_gives_its_own_shares(shares):
    allocation = split(*shares)
    assert allocation.shares(len(shares), sum(shares)) == tuple(shares)


@SETTINGS
@given(ALLOCATIONS, st.integers(9, 12), RATIONALS)
def test_the_multiset_counts_the_shares(allocation, paths, target):
    if hasattr(allocation, "given"):
        paths, target = len(allocation.given), sum(allocation.given)
    shares = allocation.shares(paths, target)
    counts = allocation.multiset(paths, target)
    assert counts == {share: shares.count(share) for share in shares}


def test_the_multiset_of_very_many_pathways_is_immediate():
    paths = 10**40
    assert single_path.multiset(paths, 3) == {3: 1, 0: paths - 1}
    assert balanced.multiset(paths, 3) == {Fraction(3, paths): paths}
    assert shared(7).multiset(paths, 0) == {0: paths}


@SETTINGS
@given(ALLOCATIONS)
def test_the_text_form_is_read_back(allocation):
    assert parse_allocation(str(allocation)) == allocation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("single", single_path),
        (" balanced ", balanced),
        ("shared:1", single_path),
        ("shared: 12", shared(12)),
        ("1/2,1/4, 1/4", split(Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))),
        ("+1,-2/6", split(1, Fraction(-1, 3))),
        ("3", split(3)),
    ],
)
def test_parsing(text, expected):
    assert parse_allocation(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0.5,0.5", "'0.5' is not an exact number (write 1/2)"),
        (".25", "(write 1/4)"),
        ("1/2,x", "'x' is not an exact number (write an integer or a fraction, 1/2)"),
        ("1/2,", "'' is not an exact number"),
        ("1e3", "'1e3' is not an exact number"),
        ("1/-2", "'1/-2' is not an exact number"),
        ("1/0,1", "'1/0' divides by zero"),
        ("٣", "is not an allocation"),
        ("", "'' is not an allocation (write single, balanced, shared:3"),
        ("Balanced", "'Balanced' is not an allocation"),
        ("shared", "'shared' is not an allocation"),
        ("shared:", "'' is not a number of pathways (write shared:3)"),
        ("shared:-1", "'-1' is not a number of pathways"),
        ("shared:2.5", "'2.5' is not a number of pathways"),
        ("shared:0", "is 0 (give an integer that is at least 1)"),
        ("single:1", "'single:1' is not an allocation"),
        ("9" * 5000, "is not an exact number"),
        ("shared:" + "9" * 5000, "is not a number of pathways"),
    ],
)
def test_texts_that_are_not_allocations(text, message):
    with pytest.raises(AllocationError) as caught:
        parse_allocation(text)
    assert message in str(caught.value)


def test_parse_rational():
    assert parse_rational(" -6/4 ") == Fraction(-3, 2)
    assert parse_rational("1" + "0" * 300) == 10**300


@pytest.mark.parametrize(
    ("divide", "message"),
    [
        (lambda: shared(9).shares(4, 1), "shared:9 needs 9 pathways, the network has 4 (share"),
        (lambda: split(1, 2).shares(3, 3), "2 shares for 3 pathways (give one share for each"),
        (lambda: split(1, 2).multiset(3, 3), "2 shares for 3 pathways"),
        (lambda: split(1, 2).shares(2, 4), "the shares 1,2 sum to 3, not to the target 4"),
        (split, "a split has no share"),
        (lambda: split(0.5), "0.5 is not an exact number"),
        (lambda: balanced.shares(2, 0.5), "0.5 is not an exact number"),
        (lambda: balanced.shares(0, 1), "the number of pathways is 0"),
        (lambda: shared(True), "the number of pathways that share the target is True"),
        (lambda: layer_signs(1, 0), "the depth is 0"),
    ],
)
def test_divisions_that_do_not_exist(divide, message):
    with pytest.raises(AllocationError) as caught:
        divide()
    assert message in str(caught.value)


@SETTINGS
@given(RATIONALS, st.integers(1, 6))
def test_layer_signs_multiply_to_the_sign_of_the_share(share, depth):
    signs = layer_signs(share, depth)
    assert len(signs) == depth
    assert signs.count(-1) == (share < 0)
