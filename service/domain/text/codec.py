"""Blocks, operations, provenance from and to plain JSON values; what comes in is checked field by field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Final

from service.domain.errors import Invalid
from service.domain.text.blocks import Block, BlockKind, block_to_json, mark_to_json
from service.domain.text.lineage import Descent, Lineage
from service.domain.text.marks import Mark, MarkKind
from service.domain.text.normalise import HALF
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    JoinBlock,
    Marking,
    MoveBlock,
    Operation,
    Restyle,
    SplitBlock,
)
from service.domain.text.provenance import Provenance, Run


@dataclass(frozen=True, slots=True)
class _Reader:
    """One JSON object, and the name by which refusals point into it."""

    row: object
    name: str

    def get(self, key: str) -> object:
        return self.row.get(key) if isinstance(self.row, Mapping) else None

    def text(self, key: str) -> str:
        value = self.get(key)
        # Half of a character can be escaped in JSON, and can be written nowhere.
        if not isinstance(value, str) or HALF.search(value):
            raise Invalid.field(f"{self.name}.{key}", "This has to be text.")
        return value

    def optional(self, key: str) -> str | None:
        return None if self.get(key) is None else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.get(key)
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise Invalid.field(f"{self.name}.{key}", "This has to be a list of texts.")
        return tuple(value)

    def number(self, key: str) -> int:
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Invalid.field(f"{self.name}.{key}", "This has to be a whole number.")
        return value

    def kind(self, key: str) -> BlockKind:
        value = self.text(key)
        if value not in set(BlockKind):
            raise Invalid.field(
                f"{self.name}.{key}", "Choose one of: %(kinds)s.", kinds=", ".join(sorted(BlockKind))
            )
        return BlockKind(value)

    def mark(self, key: str) -> MarkKind:
        value = self.text(key)
        if value not in set(MarkKind):
            raise Invalid.field(
                f"{self.name}.{key}", "Choose one of: %(kinds)s.", kinds=", ".join(sorted(MarkKind))
            )
        return MarkKind(value)

    def each(self, key: str) -> list["_Reader"]:
        return _rows(self.get(key), f"{self.name}.{key}")

    def child(self, key: str) -> "_Reader":
        return _Reader(self.get(key), f"{self.name}.{key}")


def blocks_from_json(value: object, *, field: str = "blocks") -> tuple[Block, ...]:
    """Return blocks from JSON values; `level` and `marks` may be left out.

    Raises:
        Invalid: a value has another type or kind than it must; the refusal names it, such as `blocks.3.text`.
    """
    return tuple(_block(row) for row in _rows(value, field))


def operations_to_json(operations: Iterable[Operation]) -> list[dict[str, object]]:
    """Return operations as JSON values, each with its kind under `op`."""
    return [_operation_to_json(operation) for operation in operations]


def operations_from_json(value: object, *, field: str = "operations") -> tuple[Operation, ...]:
    """Return operations from the JSON values that `operations_to_json` makes.

    Raises:
        Invalid: a value is not of that form; the refusal names it.
    """
    return tuple(_operation(row) for row in _rows(value, field))


def provenance_to_json(provenance: Provenance) -> dict[str, list[dict[str, object]]]:
    """Return provenance as JSON values: block id to its runs."""
    return {
        block: [
            {"start": run.start, "end": run.end, "origins": list(run.origins), "resolver": run.resolver}
            for run in runs
        ]
        for block, runs in provenance.items()
    }


def provenance_from_json(value: object, *, field: str = "provenance") -> dict[str, tuple[Run, ...]]:
    """Return provenance from the JSON values that `provenance_to_json` makes.

    Raises:
        Invalid: a value is not of that form; the refusal names it.
    """
    if not isinstance(value, Mapping):
        raise Invalid.field(field, "This has to be an object.")
    return {
        str(block): tuple(_run(row) for row in _rows(runs, f"{field}.{block}"))
        for block, runs in value.items()
    }


def lineage_to_json(lineage: Lineage) -> dict[str, list[dict[str, object]]]:
    """Return lineage as JSON values: block id to how it came about."""
    return {
        block: [{"version": one.version, "blocks": list(one.blocks)} for one in descents]
        for block, descents in lineage.items()
    }


def lineage_from_json(value: object, *, field: str = "lineage") -> dict[str, tuple[Descent, ...]]:
    """Return lineage from the JSON values that `lineage_to_json` makes.

    Raises:
        Invalid: a value is not of that form; the refusal names it.
    """
    if not isinstance(value, Mapping):
        raise Invalid.field(field, "This has to be an object.")
    return {
        str(block): tuple(
            Descent(row.number("version"), row.texts("blocks")) for row in _rows(rows, f"{field}.{block}")
        )
        for block, rows in value.items()
    }


def _rows(value: object, name: str) -> list[_Reader]:
    if not isinstance(value, list | tuple):
        raise Invalid.field(name, "This has to be a list.")
    return [_Reader(row, f"{name}.{at}") for at, row in enumerate(value)]


def _block(reader: _Reader) -> Block:
    level = 0 if reader.get("level") is None else reader.number("level")
    return Block(reader.text("id"), reader.kind("kind"), reader.text("text"), level, _marks(reader))


def _marks(reader: _Reader) -> tuple[Mark, ...]:
    rows = [] if reader.get("marks") is None else reader.each("marks")
    return tuple(Mark(r.mark("kind"), r.number("start"), r.number("end"), r.optional("href")) for r in rows)


def _run(reader: _Reader) -> Run:
    origins = reader.texts("origins")
    return Run(reader.number("start"), reader.number("end"), origins, reader.optional("resolver"))


def _operation_to_json(operation: Operation) -> dict[str, object]:
    values = {field.name: _plain(getattr(operation, field.name)) for field in fields(operation)}
    return {"op": _NAMES[type(operation)], **values}


def _plain(value: object) -> object:
    if isinstance(value, Block):
        return block_to_json(value)
    if isinstance(value, tuple):
        return [mark_to_json(mark) for mark in value]
    return value.value if isinstance(value, BlockKind | MarkKind) else value


def _edit(r: _Reader) -> Edit:
    start, end = r.number("start"), r.number("end")
    return Edit(r.text("block"), start, end, r.text("deleted"), r.text("inserted"), _marks(r))


def _marking(r: _Reader) -> Marking:
    start, end = r.number("start"), r.number("end")
    return Marking(r.text("block"), start, end, r.mark("mark"), r.optional("before"), r.optional("after"))


def _restyle(r: _Reader) -> Restyle:
    old_kind, old_level = r.kind("old_kind"), r.number("old_level")
    return Restyle(r.text("block"), old_kind, old_level, r.kind("kind"), r.number("level"))


def _split(r: _Reader) -> SplitBlock:
    start, end, deleted = r.number("start"), r.number("end"), r.text("deleted")
    content = _block(r.child("content"))
    return SplitBlock(r.text("block"), start, end, deleted, r.text("inserted"), _marks(r), content)


def _join(r: _Reader) -> JoinBlock:
    start, deleted = r.number("start"), r.text("deleted")
    end, struck = r.number("end"), r.text("struck")
    return JoinBlock(
        r.text("block"), r.text("into"), start, deleted, end, struck, r.text("inserted"), _marks(r)
    )


def _insert(r: _Reader) -> InsertBlock:
    return InsertBlock(r.optional("after"), _block(r.child("content")))


def _delete(r: _Reader) -> DeleteBlock:
    return DeleteBlock(_block(r.child("content")))


def _move(r: _Reader) -> MoveBlock:
    return MoveBlock(r.text("block"), r.optional("origin"), r.optional("after"))


_READ: Final[Mapping[str, tuple[type[Operation], Callable[[_Reader], Operation]]]] = {
    "edit": (Edit, _edit),
    "marking": (Marking, _marking),
    "restyle": (Restyle, _restyle),
    "split_block": (SplitBlock, _split),
    "join_block": (JoinBlock, _join),
    "insert_block": (InsertBlock, _insert),
    "delete_block": (DeleteBlock, _delete),
    "move_block": (MoveBlock, _move),
}
_NAMES: Final = {made: name for name, (made, _) in _READ.items()}


def _operation(reader: _Reader) -> Operation:
    name = reader.text("op")
    if name not in _READ:
        raise Invalid.field(f"{reader.name}.op", "Choose one of: %(names)s.", names=", ".join(_READ))
    return _READ[name][1](reader)
