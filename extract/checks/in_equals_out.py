"""第一项加第二项之和，等于第三项加第四项之和: new and carried in are processed or carried out."""

from functools import partial

from extract.checks import Check
from extract.judging import judge_rule

CHECK = Check("in_equals_out", partial(judge_rule, "in_equals_out"))
