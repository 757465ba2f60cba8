"""How right the reader is: cells right, flagged and silently wrong for each format and style, peers on the same files.

``python -m benchmarks accuracy [--reports N] [--scans N] [--worn N] [--only FORMAT]`` prints reports with known figures in every
manner of the kit and reads them back. Right, flagged and silent are those of ``tests.kit.grades``; a report has its
agency and its year right when both are printed and read, or neither is. Peers extract general tables; how those are
led to cells, to the peers' advantage, is said in ``benchmarks.accuracy.peers``.
"""

from benchmarks.accuracy.run import main

__all__ = ["main"]
