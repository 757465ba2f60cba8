"""In every row of the requests table the six kinds of applicants add up to 总计."""

from functools import partial

from extract.checks import Check
from extract.judging import judge_rule

CHECK = Check("row_total", partial(judge_rule, "row_total"))
