"""What a command prints to a terminal or into a pipe."""

import os
import sys
from collections.abc import Iterable


def say(lines: Iterable[str]) -> None:
    """Print lines to standard output; whoever reads them may stop early (`| head`), and that is no error."""
    try:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer would be written once more when Python ends, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
