"""Bring a database to the current schema: every step and the record of it, or nothing at all."""

from sqlite_utils import Database, Migrations

from store.tables.schema import SCHEMA


def schema_version(migrations: Migrations = SCHEMA) -> int:
    """Return the ``user_version`` of a database that has every migration."""
    return len(migrations.pending(Database(memory=True)))


def migrate(db: Database, migrations: Migrations = SCHEMA) -> None:
    """Apply what is pending, inside the caller's transaction, and note the new version in the same one."""
    if migrations.pending(db):
        migrations.apply(db)
        db.execute(f"PRAGMA user_version = {schema_version(migrations)}")
