"""Minimal scalar factorisation: two numbers whose product is to be 1.

The loss (1 - x y)^2 / 2 is the smallest model of training at the edge of stability (Wang, Chen,
Zhao and Tao, arXiv 2110.03677).  Its minima are the hyperbola x y = 1; the sharpness there is
x^2 + y^2, so the balanced minimum is flattest.
"""

from fractions import Fraction

from verifier.networks import Landscape

landscape = Landscape.of(lambda x, y: (1 - x * y) ** 2 / 2, "x y")
minimum = {"x": Fraction(2), "y": Fraction(1, 2)}
printed = minimum["x"] ** 2 + minimum["y"] ** 2

if __name__ == "__main__":
    print("minimum   ", landscape.is_minimum(minimum))
    print("sharpness ", landscape.sharpness(minimum))
    print("in print  ", printed)
