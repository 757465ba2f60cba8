"""The crawl's one clock: every instant that is recorded, and the day that the revisiting goes by."""

from datetime import UTC, date, datetime, timedelta

from scrapy.settings import BaseSettings


class Clock:
    """The present, moved by a number of days to try out what a later night would do."""

    def __init__(self, shift_days: float = 0.0) -> None:
        self._shift = timedelta(days=shift_days)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "Clock":
        """Build the clock that ``CLOCK_SHIFT_DAYS`` asks for."""
        return cls(settings.getfloat("CLOCK_SHIFT_DAYS"))

    def now(self) -> datetime:
        """Give the present instant in UTC."""
        return datetime.now(UTC) + self._shift

    def stamp(self) -> str:
        """Give the present instant as the store writes it: ISO, UTC, whole seconds."""
        return self.now().isoformat(timespec="seconds")

    def today(self) -> date:
        """Give the day in UTC; only differences of days are taken from it."""
        return self.now().date()
