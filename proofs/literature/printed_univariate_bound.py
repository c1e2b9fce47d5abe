"""As printed: no minimiser of univariate regression is flatter than 2 |w|^(2-2/L) L a."""

from verifier.kernel.rules.sharpness import loss, output
from verifier.reasons import (
    Cases,
    am_gm,
    calculation,
    induction,
    of,
    splitting,
    summation,
)
from verifier.statements.substitution import function
from verifier.statements.vocabulary import (
    COUNT,
    NONNEGATIVE,
    REAL,
    H,
    L,
    Product,
    Sum,
    between,
    diff,
    family,
    integer,
    positive,
    rational,
    sharpness,
    sigma,
    single_path,
    weights,
)
from verifier.theorem import Theorem, link, when

w, y = family("w", REAL, 2), family("y", NONNEGATIVE)
depth = family("L", COUNT)
h, j, l, m, n = map(integer, "h j l m n".split())  # noqa: E741
S = positive("S")

one = rational(1)
per_layer = function((h,), L)
f = output(w, one, per_layer)
minimum = f == sigma
halved = sharpness(weights(w), H=1)
balanced = sharpness(single_path, H=1)


def second(value):
    """The second derivative by the weights of two layers."""
    return diff(diff(value, w[1, l]), w[1, j])


def first(last):
    """The product of y_1, ..., y_last."""
    return Product(y[m], (m, 1, last))


def all_but(j, last):
    """The same without y_j."""
    return Product(y[m], (m, 1, j - 1)) * Product(y[m], (m, j + 1, last))


def products(last):
    """The sum of these products, over the y that is left out."""
    return Sum(all_but(j, last), (j, 1, last))


def least(last):
    """What the sum is at least: it is this where all y are equal."""
    return last * first(last) ** ((last - 1) / last)


def bound(a):
    """The bound in terms of a, where |w| is the target sigma."""
    return 2 * sigma ** (2 - 2 / L) * L * a


mean = products(n) >= least(n)
at_n = n >= 1
below = (at_n, *between(1, j, n))
new = Product(y[m], (m, n + 1, n + 1))
kept = Sum(all_but(j, n + 1), (j, 1, n))
two = y[n + 1] * first(n) ** ((n - 1) / n)

theorem = Theorem(
    label="printed-univariate-bound",
    title="How flat a minimiser of univariate regression can be",
    source="arXiv 2405.13456, Theorem 1; As printed elsewhere in mathematics.md",
    why="""
    Printed in our list: every minimiser has at least the sharpness 2 |w|^(2-2/L) L a, with the
    mean loss not halved, w the regressor and a = w^T S w, S the covariance of the inputs. Judged
    in one dimension, where a deep network is a chain of L numbers with the product w = sigma and
    the loss is S (f - sigma)^2: its Hessian is 2 S times that of (f - sigma)^2 / 2. Read like
    that, the bound fails at the balanced minimum as soon as sigma > 1. With the direction of w
    in place of w, a = w^T S w / |w|^2, it holds at every minimiser, balanced or not, and is
    attained at the balanced one; the paper, which we could not read, may define a so. Nothing is
    said here about more than one input dimension. The sharpness is the sum, over the layers, of
    the product of the squares of the other layers; by induction such a sum of L products is at
    least L times the geometric mean of its terms.
    """,
    claims={
        "convention": when(
            second(S * (f - sigma) ** 2) == 2 * S * second(loss(w, one, per_layer, sigma)),
            *between(1, l, L),
            *between(1, j, L),
        ),
        "corrected": when(2 * S * halved >= bound(sigma * S * sigma / sigma**2), minimum),
        "attained": when(2 * S * balanced == bound(S)),
        "as-printed-up-to-one": when(
            2 * S * halved >= bound(sigma * S * sigma), minimum, sigma <= 1
        ),
        "printed-too-large": when(2 * S * balanced < bound(sigma * S * sigma), sigma > 1),
        "products": when(mean, at_n),
    },
    proof=[
        link("convention", calculation()),
        link("one", calculation(), products(one) >= least(one)),
        link(
            "after j",
            splitting(n),
            Product(y[m], (m, j + 1, n + 1)) == Product(y[m], (m, j + 1, n)) * new,
            below,
        ),
        link("all", splitting(n), first(n + 1) == first(n) * new, [at_n]),
        link("kept", calculation("after j"), all_but(j, n + 1) == all_but(j, n) * y[n + 1], below),
        link(
            "kept added up",
            summation("kept", j),
            kept == Sum(all_but(j, n) * y[n + 1], (j, 1, n)),
            [at_n],
        ),
        link(
            "last",
            splitting(n),
            products(n + 1) == kept + Sum(all_but(j, n + 1), (j, n + 1, n + 1)),
            [at_n],
        ),
        link(
            "one more",
            calculation("kept added up", "last"),
            products(n + 1) == products(n) * y[n + 1] + first(n),
            [at_n],
        ),
        link(
            "two means",
            am_gm({first(n): 1, two: n}),
            first(n) + n * two >= (n + 1) * (first(n) * y[n + 1]) ** (n / (n + 1)),
            [at_n],
        ),
        link("hypothesis", calculation(), mean, [at_n, mean]),
        link(
            "step",
            calculation("one more", "two means", "all", "hypothesis"),
            products(n + 1) >= least(n + 1),
            [at_n, mean],
        ),
        link("products", induction("one", "step", n, 1)),
        link(
            "squares",
            calculation(
                of("products", {n: L, y: function((m,), w[1, m] ** 2)}),
                of("gauss-newton/sharpness", {depth: per_layer, H: 1}),
            ),
            halved >= L * Product(w[1, m] ** 2, (m, 1, L)) ** ((L - 1) / L),
            [minimum],
        ),
        link("corrected", calculation("squares")),
        link(
            "attained",
            Cases(
                L >= 2,
                calculation(of("single-path/value", {H: 1})),
                calculation(of("single-path/depth-one", {H: 1})),
            ),
        ),
        link("as-printed-up-to-one", calculation("corrected")),
        link("printed-too-large", calculation("attained")),
    ],
    false_neighbours=[
        when(2 * S * balanced >= bound(sigma * S * sigma)),
        when(2 * S * balanced >= bound(sigma * S * sigma), sigma <= 2),
        when(2 * S * balanced > bound(S)),
        when(S * balanced >= bound(S)),
        when(products(n) > least(n), at_n),
    ],
)
