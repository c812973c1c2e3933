from datetime import date

from service.domain.dates import day


def test_a_day_is_told_in_one_piece() -> None:
    assert day(date(2024, 3, 14)) == "14\u00a0March\u00a02024"
