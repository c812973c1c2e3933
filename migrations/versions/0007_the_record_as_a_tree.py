"""The record as a Merkle tree without personal data, its checkpoints, and what can be erased beside it.

Entries from before are written anew: in the place of each person a pseudonym, in the place of words a commitment, both
with new salts. The hashes of the chain that the record was until now are gone with it, and so are, on the way back, the
checkpoints; an entry whose person was erased then names nobody.

Revision ID: 0007
Revises: 0006
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: None = None
depends_on: None = None

AT_ONCE = 500
HASH = 64
GENESIS = "0" * HASH
PERSONS = {"person_id"}
WORDS = {"reason", "replacement"}
KEPT = ("organisation_id", "token_id", "name", "scope", "sequence", "at")

persons = sa.table("persons", sa.column("id"))
people = sa.table("record_persons", *(sa.column(name) for name in ("person_id", "salt", "pseudonym")))
words = sa.table(
    "record_words", *(sa.column(name) for name in ("scope", "sequence", "field", "salt", "words"))
)

Row = dict[str, Any]


def upgrade() -> None:
    _create_what_can_be_erased()
    _create_checkpoints()
    _set_aside()
    events = op.create_table(
        "events",
        *_columns(64),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("organisation_id", sa.String(length=26), nullable=True),
        sa.Column("token_id", sa.String(length=26), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("nodes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_events_organisation_id")
        ),
        sa.PrimaryKeyConstraint("scope", "sequence", name=op.f("pk_events")),
    )
    heads = op.create_table(
        "record_heads",
        sa.Column("scope", sa.String(length=26), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("peaks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_record_heads")),
    )
    _convert(events, heads)
    _settle()
    _guard("events", ("scope", "sequence"))
    _guard("record_checkpoints", ("scope", "size"))
    _guard_heads()


def downgrade() -> None:
    _set_aside()
    events = op.create_table(
        "events",
        *_columns(26),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("organisation_id", sa.String(length=26), nullable=True),
        sa.Column("token_id", sa.String(length=26), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_events_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_events_person_id")),
        sa.PrimaryKeyConstraint("scope", "sequence", name=op.f("pk_events")),
    )
    heads = op.create_table(
        "record_heads",
        sa.Column("scope", sa.String(length=26), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_record_heads")),
    )
    _convert_back(events, heads)
    _settle()
    _guard("events", None)
    for table in ("record_checkpoints", "record_words", "record_persons"):
        op.drop_table(table)


def _create_what_can_be_erased() -> None:
    op.create_table(
        "record_persons",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("pseudonym", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_record_persons_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_record_persons")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_record_persons_pseudonym")),
    )
    op.create_table(
        "record_words",
        sa.Column("scope", sa.String(length=26), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "sequence", "field", name=op.f("pk_record_words")),
    )


def _create_checkpoints() -> None:
    op.create_table(
        "record_checkpoints",
        sa.Column("scope", sa.String(length=26), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum(
                "phase_closed",
                "published",
                "position_taken",
                name="occasion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "size", name=op.f("pk_record_checkpoints")),
    )


def _columns(subject: int) -> tuple["sa.Column[Any]", ...]:
    return (
        sa.Column("scope", sa.String(length=26), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.String(length=subject), nullable=False),
    )


def _set_aside() -> None:
    """Give the record's old table another name, and let go of the names that the new one will bear."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for (name,) in bind.execute(
            sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'")
        ).all():
            op.execute(f"DROP TRIGGER {name}")
    else:
        for key in sa.inspect(bind).get_foreign_keys("events"):
            op.drop_constraint(str(key["name"]), "events", type_="foreignkey")
        op.drop_constraint("pk_events", "events", type_="primary")
    op.drop_index("ix_events_name", "events")
    op.drop_index("ix_events_subject_id", "events")
    op.rename_table("events", "old_events")
    op.drop_table("record_heads")


def _settle() -> None:
    op.drop_table("old_events")
    op.create_index("ix_events_name", "events", ["name"])
    op.create_index("ix_events_subject_id", "events", ["subject_id"])


def _guard(table: str, key: tuple[str, str] | None) -> None:
    """Let the database itself refuse to change what the record says; with a `key`, to replace it either."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
    if key is not None:
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of this file
        op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refuse}")


def _guard_heads() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER record_heads_growing BEFORE UPDATE ON record_heads "
            "FOR EACH ROW WHEN (NEW.size <= OLD.size) EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            "CREATE TRIGGER record_heads_append_only BEFORE DELETE OR TRUNCATE ON record_heads "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
    op.execute(
        f"CREATE TRIGGER record_heads_no_update BEFORE UPDATE ON record_heads WHEN NEW.size <= OLD.size {refuse}"
    )
    op.execute(f"CREATE TRIGGER record_heads_no_delete BEFORE DELETE ON record_heads {refuse}")


def _convert(events: sa.Table, heads: sa.Table) -> None:
    """Write every entry anew, as a leaf of its scope's tree."""
    pseudonyms = _name_persons()
    peaks: dict[str, list[bytes]] = {}
    for rows in _old_entries("person_id"):
        leaves, kept = [], []
        for row in rows:
            data, said = _veiled(row, pseudonyms)
            kept += said
            leaf = {
                **{name: row[name] for name in KEPT},
                "subject_id": pseudonyms.get(row["subject_id"], row["subject_id"]),
                "person": pseudonyms.get(row["person_id"]),
                "data": data,
            }
            hash_ = hashlib.sha256(b"\x00" + _canonical({**leaf, "at": _moment(row["at"])}).encode()).digest()
            completed = _append(peaks.setdefault(row["scope"], []), row["sequence"] - 1, hash_)
            leaves.append(
                {**leaf, "data": _canonical(data), "hash": hash_.hex(), "nodes": _joined(completed)}
            )
        op.get_bind().execute(sa.insert(events), leaves)
        if kept:
            op.get_bind().execute(sa.insert(words), kept)
    for scope, hashes in peaks.items():
        size = sa.select(sa.func.max(events.c.sequence)).where(events.c.scope == scope).scalar_subquery()
        op.get_bind().execute(sa.insert(heads).values(scope=scope, size=size, peaks=_joined(hashes)))


def _name_persons() -> dict[str, str]:
    """Give every person a pseudonym; return them by the persons' ids."""
    made = []
    for (person_id,) in op.get_bind().execute(sa.select(persons.c.id)):
        salt = secrets.token_hex(32)
        made.append({"person_id": person_id, "salt": salt, "pseudonym": _commit(salt, person_id)})
    if made:
        op.get_bind().execute(sa.insert(people), made)
    return {row["person_id"]: row["pseudonym"] for row in made}


def _veiled(row: Row, pseudonyms: Mapping[str, str]) -> tuple[Row, list[Row]]:
    """Return an event's data without personal data, and the words that are kept beside."""
    data, kept = json.loads(row["data"]), []
    for field in PERSONS & data.keys():
        data[field] = pseudonyms[data[field]]
    for field in sorted(WORDS & data.keys()):
        if data[field]:
            salt = secrets.token_hex(32)
            place = {"scope": row["scope"], "sequence": row["sequence"], "field": field}
            kept.append({**place, "salt": salt, "words": data[field]})
            data[field] = {"commitment": _commit(salt, data[field])}
    return data, kept


def _append(peaks: list[bytes], size: int, leaf: bytes) -> list[bytes]:
    """Add a leaf to a tree of a size; return the hashes of the subtrees above it that are complete with it."""
    completed, top = [], leaf
    while size & 1:
        top = hashlib.sha256(b"\x01" + peaks.pop() + top).digest()
        completed.append(top)
        size >>= 1
    peaks.append(top)
    return completed


def _convert_back(events: sa.Table, heads: sa.Table) -> None:
    """Write every entry anew, chained to the one before by its hash."""
    known = {row.pseudonym: row.person_id for row in op.get_bind().execute(sa.select(people))}
    said = {
        (row.scope, row.sequence, row.field): row.words for row in op.get_bind().execute(sa.select(words))
    }
    ends: dict[str, tuple[int, str]] = {}
    for rows in _old_entries("person"):
        chained = []
        for row in rows:
            _, previous = ends.get(row["scope"], (0, GENESIS))
            data = json.loads(row["data"])
            for field in PERSONS & data.keys():
                data[field] = known.get(data[field])
            for field in WORDS & data.keys():
                if isinstance(data[field], dict):
                    data[field] = said.get((row["scope"], row["sequence"], field), "")
            entry = {
                **{name: row[name] for name in KEPT},
                # Of someone who was erased, no more is left than the beginning of the pseudonym.
                "subject_id": str(known.get(row["subject_id"], row["subject_id"]))[:26],
                "person_id": known.get(row["person"]),
                "data": data,
                "previous": previous,
            }
            at = row["at"].replace(tzinfo=UTC).isoformat(timespec="microseconds")
            hash_ = hashlib.sha256(_canonical({**entry, "at": at}).encode()).hexdigest()
            ends[row["scope"]] = (row["sequence"], hash_)
            chained.append({**entry, "data": _canonical(data), "hash": hash_})
        op.get_bind().execute(sa.insert(events), chained)
    for scope, (size, hash_) in ends.items():
        op.get_bind().execute(sa.insert(heads).values(scope=scope, size=size, hash=hash_))


def _old_entries(person: str) -> Iterator[list[Row]]:
    """Yield all entries in their order, some at once, with their moments in UTC."""
    names = (*KEPT, "subject_id", person, "data")
    at = sa.column("at", sa.DateTime(timezone=True))
    old = sa.table("old_events", *(at if name == "at" else sa.column(name) for name in names))
    last = ("", 0)
    while True:
        query = (
            sa.select(old)
            .where(sa.tuple_(old.c.scope, old.c.sequence) > sa.tuple_(*(sa.literal(value) for value in last)))
            .order_by(old.c.scope, old.c.sequence)
            .limit(AT_ONCE)
        )
        rows = [dict(row) for row in op.get_bind().execute(query).mappings()]
        if not rows:
            return
        for row in rows:
            moment: datetime = row["at"]
            row["at"] = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        yield rows
        last = (rows[-1]["scope"], rows[-1]["sequence"])


def _commit(salt: str, meant: str) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + meant.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _joined(hashes: Iterable[bytes]) -> str:
    return "".join(hash_.hex() for hash_ in hashes)
