"""A sum with gaps can still hold: blanks and marks may stand for nothing, unreadable cells for what is missing.

Such a sum cannot be judged. But where the printed numbers add up under no such reading, one of them is missing, or
stands in another cell than its own.
"""

from extract.checks import Check
from extract.judging import judge_blanks

CHECK = Check("blank_sum", judge_blanks)
