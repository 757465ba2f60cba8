"""Short names that counties use for different bodies: 资溪县文旅局 is the one full name of its place that fits.

Which full names there are is asked of all documents, in any year. So a document is placed by the set of them, never by
which came first: a full name that appears or goes has the documents with its short names placed anew.
"""

from dataclasses import replace

from sqlite_utils import Database

from store.fold.identity import Agency, Resolved
from store.registry.bodies import possible, shorts_of


def settled(db: Database, resolved: Resolved) -> Resolved:
    """Return a document's place with its agency's short name written out, where exactly one full name fits."""
    agency = resolved.agency
    if agency is None or resolved.decided or not possible(agency.body):
        return resolved
    full = [other for other in _called(agency, possible(agency.body)) if _is_known(db, other)]
    return replace(resolved, agency=full[0]) if len(full) == 1 else resolved


def waiting_for(db: Database, agencies: set[Agency]) -> list[str]:
    """Return the documents whose short names may stand for one of these agencies."""
    shorts = {short.id for agency in agencies for short in _called(agency, shorts_of(agency.body))}
    found = (db.execute("SELECT sha256 FROM placements WHERE agency = ?", (short,)).fetchall() for short in shorts)
    return sorted(sha256 for rows in found for [sha256] in rows)


def _called(agency: Agency, bodies: tuple[str, ...]) -> list[Agency]:
    """Return the agency of the same place under other bodies; none without a region, where names are not told apart."""
    place = agency.name.removesuffix(agency.body)
    return [replace(agency, name=f"{place}{body}") for body in bodies] if agency.region else []


def _is_known(db: Database, agency: Agency) -> bool:
    return db.execute("SELECT 1 FROM placements WHERE agency = ? LIMIT 1", (agency.id,)).fetchone() is not None
