"""Moments of writes: UTC, to the microsecond, and never two the same in one journal."""

from datetime import UTC, datetime, timedelta
from typing import Final

FIRST: Final = datetime.min.replace(tzinfo=UTC)
"""Before anything was written."""

_TICK: Final = timedelta(microseconds=1)


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def after(last: datetime, clock: datetime) -> datetime:
    """Return the moment that a clock shows, or the first one after `last` when the clock was set back."""
    return max(clock, last + _TICK)


def text_of(moment: datetime) -> str:
    """Write a moment as RFC 3339 does, always equally long: `2026-11-21T10:30:37.000042Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(text: str) -> datetime:
    """Read a moment that `text_of` wrote."""
    return datetime.fromisoformat(text)


def read_moment(text: str) -> datetime:
    """Read a moment that somebody typed (ISO 8601): without a time zone UTC is meant, a day means its beginning.

    Raises ValueError, with words for whoever typed it.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        what = f"“{text}” is not a moment. Write one as 2026-11-21T10:30:37Z, or a day as 2026-11-21."
        raise ValueError(what) from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_until(text: str) -> int | datetime:
    """Read a point in a journal that somebody typed: the number of an entry, or a moment (ValueError)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else read_moment(text)
