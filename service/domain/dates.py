"""Days in the words of the paper, which is in English; what belongs together is not divided at the end of a line."""

from datetime import date

NO_BREAK = "\u00a0"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(when: date) -> str:
    """Return a day as in “14 March 2024”."""
    return NO_BREAK.join((str(when.day), MONTHS[when.month - 1], str(when.year)))
