"""Reports that differ in more than their figures: other blanks, marks, remarks and units in each, as agencies fill a form."""

from dataclasses import replace
from random import Random

from tests.kit.truth import Truth, make_report

_MOST_REMARKS = 6


def report(seed: int) -> Truth:
    """Make a report of which hardly any other has the same cells blank, marked and remarked."""
    rng = Random(seed)
    truth = make_report(
        seed, "2021", "dense", blanks=rng.random() < 2 / 3, marks=rng.random() < 1 / 3, remarks=rng.random() < 1 / 3
    )
    printed = dict(truth.printed)
    for key in rng.sample(sorted(printed, key=str), rng.randint(0, _MOST_REMARKS)):
        if printed[key].isdigit():
            printed[key] += rng.choice(("件", f"（其中网上{rng.randint(1, 99)}件）"))
    return replace(truth, printed=printed)
