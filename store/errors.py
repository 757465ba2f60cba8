"""The exception tree of the store: each message names the file, the cause and what to do about it."""

from pathlib import Path


class StoreError(Exception):
    """Something the store needs is missing, damaged, full or in use; commands end with exit code 2."""


class DatabaseMissingError(StoreError):
    """There is no database to read yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: there is no database here yet; run `scrapy crawl annual_reports` first")


class DatabaseLockedError(StoreError):
    """Another process kept its lock for longer than the busy timeout."""

    def __init__(self, path: Path | str, cause: str = "database is locked") -> None:
        super().__init__(f"{path}: {cause} by another program for too long; nothing was written. End it and run again")


class DatabaseDamagedError(StoreError):
    """The file is not a database of ours, or its pages contradict each other. It is never repaired silently."""

    def __init__(self, path: Path | str, cause: str) -> None:
        super().__init__(
            f"{path}: the database is damaged ({cause}); it was left as it is. "
            "Move it and its -wal and -shm files aside and put the last backup in its place; the archive is untouched"
        )


class DatabaseNewerError(StoreError):
    """The database was written by a newer version of this program."""

    def __init__(self, path: Path | str, found: int, known: int) -> None:
        super().__init__(
            f"{path}: written by a newer version (schema {found}, this program knows {known}); "
            "update the program, the file was left as it is"
        )


class DatabaseOlderError(StoreError):
    """The database is of an earlier version of this program, and was opened only to be read."""

    def __init__(self, path: Path | str, found: int, known: int) -> None:
        super().__init__(
            f"{path}: written by an earlier version (schema {found}, this program has {known}); the next crawl brings it "
            "up to date, `scrapy reextract` does so at once for the working database"
        )


class DiskFullError(StoreError):
    """No room is left for the archive or the database; what was being written was undone."""

    def __init__(self, path: Path | str, cause: str = "no space left") -> None:
        super().__init__(f"{path}: {cause}; what was being written was undone. Free some space and run again")


class DatabaseAccessError(StoreError):
    """The file cannot be opened, read or written: rights, a missing folder, a failing disk."""

    def __init__(self, path: Path | str, cause: str) -> None:
        super().__init__(f"{path}: {cause}; check the rights of the file and its folder, and the disk")


class ArchiveMissingError(StoreError):
    """A document the database mentions is not in the archive."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: not in the archive; the next crawl fetches it again")


class ArchiveDamagedError(StoreError):
    """The bytes of an archived document no longer have the hash that is their name."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: the content does not match its name; the next crawl fetches it again")


class ArchiveUnsettledError(StoreError):
    """Archived documents could not be forced to disk; they stand in the archive's journal, which the next run reads."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(f"{path}: documents could not be forced to disk ({cause}); see to the disk and run again")


class NightRunningError(StoreError):
    """Another process works on the same data folder; ``pid`` is 0 when the lock file does not tell."""

    def __init__(self, path: Path, pid: int) -> None:
        self.pid = pid
        super().__init__(f"{path}: already running (process {pid or 'unknown'}); wait for it or stop it")
