"""Clock, id maker and random source in one place: handed in from outside, so that a test can repeat a day."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

# Every date and month is in China's time (counting_rules G2), also on a PC whose zone is set wrong.
LOCAL_TIME = timezone(timedelta(hours=8))


class Mint:
    """Makes times, record ids, writer ids and salts. `today` pins the date; the time of day stays real."""

    def __init__(
        self,
        *,
        today: date | None = None,
        now: Callable[[], datetime] | None = None,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._today = today
        self._now = now or (lambda: datetime.now(LOCAL_TIME))
        self.random_bytes = random_bytes

    def now(self) -> datetime:
        """The present moment in local time."""
        moment = self._now()
        return moment if self._today is None else datetime.combine(self._today, moment.timetz())

    def today(self) -> date:
        """The present day in local time."""
        return self.now().date()

    def timestamp(self) -> str:
        """The present moment as `2019-10-05T15:20:00+08:00`; for display only, no clock decides anything."""
        return self.now().isoformat(timespec="seconds")

    def record_id(self) -> str:
        """A new UUIDv7 (RFC 9562): ids of one PC sort by age, which keeps the indexes of a large store dense."""
        milliseconds = int(self.now().timestamp() * 1000)
        value = int.from_bytes(self.random_bytes(10), "big") | (milliseconds << 80)
        value = value & ~(0xF << 76) | (7 << 76)
        value = value & ~(0x3 << 62) | (0x2 << 62)
        return str(uuid.UUID(int=value))

    def writer_id(self) -> str:
        """A new 128-bit writer id in hex."""
        return self.random_bytes(16).hex()

    def salt(self) -> str:
        """A new 128-bit salt in hex."""
        return self.random_bytes(16).hex()
