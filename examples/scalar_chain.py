"""A deep scalar chain: four numbers whose product is to be 1.

At a minimum of (1 - w_1 ... w_D)^2 / 2 the sharpness is the sum of 1 / w_i^2 (Kreisler, Nacson,
Soudry and Carmon follow it along training, arXiv 2305.13064).
"""

from fractions import Fraction
from math import prod

from verifier.networks import Landscape

landscape = Landscape.of(lambda *w: (1 - prod(w)) ** 2 / 2, "w_1 w_2 w_3 w_4")
minimum = {"w_1": Fraction(3), "w_2": Fraction(-1, 2), "w_3": Fraction(-2), "w_4": Fraction(1, 3)}
printed = sum(1 / weight**2 for weight in minimum.values())

if __name__ == "__main__":
    print("minimum   ", landscape.is_minimum(minimum))
    print("sharpness ", landscape.sharpness(minimum))
    print("in print  ", printed)
