"""Dates and times as people read them: short in lists, whole in the header; a year only where it is another one."""

from __future__ import annotations

from datetime import datetime

from rubricator.words import _, message, say

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def read(iso: str) -> datetime | None:
    """Read a date with or without a time; None where it is none."""
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return None


def day(iso: str, today: datetime) -> str:
    """Return "14 Sep", with the year where it is another one; what is no date stays as it is."""
    at = read(iso)
    if at is None:
        return iso
    month = _(SHORT_MONTHS[at.month - 1])
    if at.year == today.year:
        return say(message("{day} {month}", day=at.day, month=month))
    return say(message("{day} {month} {year}", day=at.day, month=month, year=at.year))


def moment(at: str, now: datetime) -> str:
    """Return when something was done, in local time: "18:41" today, else "14 Sep 18:41"."""
    moment = read(at)
    if moment is None:
        return at
    local = moment.astimezone(now.tzinfo) if moment.tzinfo else moment
    clock = f"{local:%H:%M}"
    if local.date() == now.date():
        return clock
    return say(message("{day} {time}", day=day(local.isoformat(), now), time=clock))


def in_full(iso: str) -> str:
    """Return "Monday 14 September 2026, 18:07", as printed (no zone is brought into another)."""
    at = read(iso)
    if at is None:
        return iso
    parts = {"weekday": _(WEEKDAYS[at.weekday()]), "day": at.day, "month": _(MONTHS[at.month - 1]), "year": at.year}
    if "T" not in iso and ":" not in iso:
        return say(message("{weekday} {day} {month} {year}", **parts))
    return say(message("{weekday} {day} {month} {year}, {time}", **parts, time=f"{at:%H:%M}"))


def spent(seconds: float) -> str:
    """Return how long something took, as people say it: "4 min", "1 h 5 min"; nothing for no time at all."""
    minutes = round(seconds / 60)
    if minutes >= 60:
        return say(message("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60))
    if minutes:
        return say(message("{minutes} min", minutes=minutes))
    return _("less than a minute") if seconds > 0 else ""


def here_and_now() -> datetime:
    """Return the present moment in the zone of this machine."""
    return datetime.now().astimezone()
