"""The words for what reports on papers say in codes."""

from collections.abc import Mapping
from enum import StrEnum

from service.domain.reports import BEARINGS, TITLES, Bearing, Topic

REPORT_WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Topic: {topic.value: title for topic, title in TITLES.items()},
    Bearing: {bearing.value: word for bearing, word in BEARINGS.items()},
}
