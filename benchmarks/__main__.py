"""Run the named benchmarks, or all of them: ``python -m benchmarks [NAME…] [OPTION…]``.

Options are for one benchmark: ``python -m benchmarks accuracy --reports 10``.
"""

import sys
from importlib import import_module
from itertools import takewhile
from pathlib import Path
from pkgutil import iter_modules

NAMES = sorted(found.name for found in iter_modules([str(Path(__file__).parent)]) if not found.name.startswith("_"))


def main(words: list[str]) -> int:
    """Run benchmarks by name; exit status 2 for a name that does not exist, or options for several benchmarks."""
    wanted = list(takewhile(lambda word: not word.startswith("-"), words))
    options = words[len(wanted) :]
    unknown = [name for name in wanted if name not in NAMES]
    if unknown or (options and len(wanted) != 1):
        wrong = f"no such benchmark: {', '.join(unknown)}" if unknown else "options are for one benchmark"
        print(f"{wrong}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in wanted or NAMES:
        print(f"== {name}", flush=True)
        run = import_module(f"benchmarks.{name}").main
        run(options) if options else run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
