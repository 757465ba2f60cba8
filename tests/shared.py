"""The folder of real reports that may lie beside the checkout; never part of the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED_REPORTS = SHARED / "seed-reports"
CORPUS = SHARED / "corpus"

needs_seed_reports = pytest.mark.skipif(
    not SEED_REPORTS.is_dir(), reason="the real seed reports are not beside the checkout"
)
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real documents is not beside the checkout")
