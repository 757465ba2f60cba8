"""In every column of the requests table the outcomes add up to （七）总计."""

from functools import partial

from extract.checks import Check
from extract.judging import judge_rule

CHECK = Check("column_total", partial(judge_rule, "column_total"))
