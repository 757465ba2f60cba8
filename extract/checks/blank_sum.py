"""Where cells of a sum are blank or marks, the printed numbers add up if the blanks stand for nothing.

Such a sum cannot be judged, since nobody knows what a blank stands for. But where the printed numbers alone do not add
up, a number is missing, or stands in another cell than its own.
"""

from extract.checks import Check
from extract.judging import judge_blanks

CHECK = Check("blank_sum", judge_blanks)
