"""What part of the data is wanted: a region with everything in it, and some years."""

import json
import re
from dataclasses import dataclass

from sqlite_utils import Database

IN_SCOPE = """
  (:region = '' OR region BETWEEN :region AND :region_end)
  AND (:years = '[]' OR year IN (SELECT value FROM json_each(:years)))
"""
"""A condition on the columns ``region`` and ``year``. It names no index on purpose: rows come in the order of the
report's id, which then is that of the reports' own index, and a million of them are never sorted."""


@dataclass(frozen=True, slots=True)
class Scope:
    """``region`` is a six-digit code or empty: that region and all in it; ``years`` are empty for every year."""

    region: str = ""
    years: frozenset[int] = frozenset()

    @property
    def parameters(self) -> dict[str, str]:
        """Give the values that ``IN_SCOPE`` asks for."""
        end = re.sub("(?:00){1,2}$", lambda zeros: "9" * len(zeros[0]), self.region)
        return {"region": self.region, "region_end": end, "years": json.dumps(sorted(self.years))}

    def is_empty(self, db: Database) -> bool:
        """Tell whether no report at all is in scope."""
        sql = " ".join(("SELECT 1 FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE", IN_SCOPE, "LIMIT 1"))
        return db.execute(sql, self.parameters).fetchone() is None
