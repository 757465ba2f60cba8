"""7z and tar archives, through libarchive. It is optional: without it the outcome is ``unsupported``."""

from extract.archives import Archive
from extract.archives._unpack import by_libarchive

ARCHIVE = Archive(
    "libarchive",
    ("application/x-7z-compressed", "application/x-tar"),
    by_libarchive,
)
