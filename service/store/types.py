"""Column types: how domain values are written down, the same on every engine."""

import json
from abc import abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, String, Text
from sqlalchemy.types import TypeDecorator

from service.domain.actors import OrganisationKind
from service.domain.adoption import AdoptionRule, Share
from service.domain.keeping import keeping
from service.domain.phases import Phase
from service.domain.text import (
    Block,
    Lineage,
    Operation,
    Provenance,
    blocks_from_json,
    blocks_to_json,
    canonical_json,
    lineage_from_json,
    lineage_to_json,
    operations_from_json,
    operations_to_json,
    provenance_from_json,
    provenance_to_json,
)

# A SHA-256 in hex.
Digest = String(64)


class Id(TypeDecorator[str]):
    """A ULID: 26 characters of Crockford's base 32. What cannot be one is nobody's id, and finds nothing."""

    impl = String(26)
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        """The type of its values, which cursors are held against."""
        return str

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - signature of the base class
        """Return the id; an engine would stumble over a null character or half of one."""
        return value if value is None or (value.isascii() and value.isprintable()) else ""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, in UTC; a time without a zone is refused before it is written."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of the base class
        """Return the moment in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of the base class
        """Return the moment with its zone, which SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Written(TypeDecorator[Any]):
    """A value kept as text, by a pair of functions."""

    impl = Text
    cache_ok = True

    @abstractmethod
    def write(self, value: Any) -> str:  # noqa: ANN401 - each subclass narrows it
        """Return a value as text."""

    @abstractmethod
    def read(self, text: str) -> Any:  # noqa: ANN401 - each subclass narrows it
        """Return the value of a text."""

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401, ARG002 - signature of the base class
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - signature of the base class
        return None if value is None else self.read(value)


def _length(text: str) -> int:
    return len(text)


# Texts are written once and read by every visitor; what was decoded is immutable, so it is kept for the next one.
@keeping(_length)
def _blocks(text: str) -> tuple[Block, ...]:
    return blocks_from_json(json.loads(text))


@keeping(_length)
def _operations(text: str) -> tuple[Operation, ...]:
    return operations_from_json(json.loads(text))


@keeping(_length)
def _provenance(text: str) -> Provenance:
    return MappingProxyType(dict(provenance_from_json(json.loads(text))))


class Blocks(_Written):
    """An ordered tuple of blocks."""

    cache_ok = True

    def write(self, value: tuple[Block, ...]) -> str:
        """Return the blocks as JSON."""
        return canonical_json(blocks_to_json(value))

    def read(self, text: str) -> tuple[Block, ...]:
        """Return the blocks."""
        return _blocks(text)


class Operations(_Written):
    """The exact operations of an amendment."""

    cache_ok = True

    def write(self, value: tuple[Operation, ...]) -> str:
        """Return the operations as JSON."""
        return canonical_json(operations_to_json(value))

    def read(self, text: str) -> tuple[Operation, ...]:
        """Return the operations."""
        return _operations(text)


class Origins(_Written):
    """The provenance of a version."""

    cache_ok = True

    def write(self, value: Provenance) -> str:
        """Return the provenance as JSON."""
        return canonical_json(provenance_to_json(value))

    def read(self, text: str) -> Provenance:
        """Return the provenance."""
        return _provenance(text)


class Descents(_Written):
    """The lineage of a version's blocks."""

    cache_ok = True

    def write(self, value: Lineage) -> str:
        """Return the lineage as JSON."""
        return canonical_json(lineage_to_json(value))

    def read(self, text: str) -> Lineage:
        """Return the lineage."""
        return lineage_from_json(json.loads(text))


class Words(_Written):
    """A tuple of short strings, or of members of an enumeration."""

    cache_ok = True

    def __init__(self, kind: type[str] = str) -> None:
        super().__init__()
        self.kind = kind

    def write(self, value: tuple[str, ...]) -> str:
        """Return the words as JSON."""
        return json.dumps([str(v) for v in value], ensure_ascii=False)

    def read(self, text: str) -> tuple[str, ...]:
        """Return the words."""
        return tuple(self.kind(v) for v in json.loads(text))


class Timetable(_Written):
    """When each phase closes."""

    cache_ok = True

    def write(self, value: Mapping[Phase, datetime]) -> str:
        """Return the timetable as JSON, times in UTC."""
        return json.dumps({phase.value: at.astimezone(UTC).isoformat() for phase, at in value.items()})

    def read(self, text: str) -> dict[Phase, datetime]:
        """Return the timetable."""
        return {Phase(phase): datetime.fromisoformat(at) for phase, at in json.loads(text).items()}


class Rule(_Written):
    """An adoption rule."""

    cache_ok = True

    def write(self, value: AdoptionRule) -> str:
        """Return the rule as JSON."""
        return json.dumps(
            {
                "counts": [kind.value for kind in value.counts],
                "quorum": [value.quorum.of, value.quorum.per],
                "threshold": [value.threshold.of, value.threshold.per],
                "blocking_objections": value.blocking_objections,
                "silence": value.silence,
            }
        )

    def read(self, text: str) -> AdoptionRule:
        """Return the rule."""
        data = json.loads(text)
        return AdoptionRule(
            counts=tuple(OrganisationKind(kind) for kind in data["counts"]),
            quorum=Share(*data["quorum"]),
            threshold=Share(*data["threshold"]),
            blocking_objections=data["blocking_objections"],
            silence=data["silence"],
        )


class Facts(_Written):
    """The data of an event."""

    cache_ok = True

    def write(self, value: Mapping[str, object]) -> str:
        """Return the data as canonical JSON."""
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def read(self, text: str) -> dict[str, object]:
        """Return the data."""
        data: dict[str, object] = json.loads(text)
        return data


def one_of(kind: type[StrEnum]) -> Enum:
    """Return a column type for one member of an enumeration, written as its value and checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=kind.__name__.lower(),
        length=40,
        values_callable=lambda members: [m.value for m in members],
    )
