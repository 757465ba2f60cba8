"""In each part of the review table the four results add up to 总计."""

from functools import partial

from extract.checks import Check
from extract.judging import judge_rule

CHECK = Check("review_total", partial(judge_rule, "review_total"))
