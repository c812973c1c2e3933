"""What must stand in the books after a crash: everything that was acknowledged, and nothing by halves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from service.domain.editions import LIFECYCLE, STEPS, EditionState
from service.store.bookkeeping import events, files, idempotency_keys, job_steps, jobs, mails
from service.store.tables import amendments, comments, editions, positions
from tests.reliability.writers import Write

RECORDED = {
    "comment": "comment.posted",
    "amendment": "amendment.tabled",
    "position": "position.taken",
    "edition": "edition.assembled",
    "withdrawal": "position.withdrawn",
    "approval": "edition.approved",
}
TOLD = frozenset({"address", "template", "facts", "thread"})
"""By which columns two mails are the same, whatever their ids."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Books:
    """All that was written down, read in one moment: rows by kind and id, what is recorded, what each key made."""

    rows: Mapping[str, Mapping[str, Row]]
    recorded: Counter[tuple[str, str]]
    rejected: Counter[str]
    keys: Mapping[str, str]
    moves: Mapping[str, Sequence[str]]
    jobs: Mapping[str, Row]
    steps: Mapping[str, frozenset[str]]
    contents: Mapping[str, str]
    mails: Mapping[str, Row]

    @classmethod
    def read(cls, connection: Connection) -> "Books":
        """Read the books; the connection has to see one state of them."""
        tables = {"comment": comments, "amendment": amendments, "position": positions, "edition": editions}
        recorded, rejected, moves = (
            Counter[tuple[str, str]](),
            Counter[str](),
            defaultdict[str, list[str]](list),
        )
        for event in connection.execute(select(events).order_by(events.c.scope, events.c.sequence)):
            recorded[event.name, event.subject_id] += 1
            if event.name == "amendment.moved" and event.data["action"] == "reject":
                rejected[event.subject_id] += 1
            if event.name.startswith("edition."):
                moves[event.subject_id].append(event.data.get("state", event.name))
        steps = defaultdict[str, set[str]](set)
        for step in connection.execute(select(job_steps)):
            steps[step.job_id].add(step.step)
        made = select(idempotency_keys.c.key, idempotency_keys.c.result_id)
        return cls(
            rows={kind: _by("id", connection.execute(select(t)).mappings()) for kind, t in tables.items()},
            recorded=recorded,
            rejected=rejected,
            keys={row.key: row.result_id for row in connection.execute(made)},
            moves=moves,
            jobs=_by("subject_id", connection.execute(select(jobs)).mappings()),
            steps={job: frozenset(done) for job, done in steps.items()},
            contents={
                row.digest: sha256(row.content).hexdigest() for row in connection.execute(select(files))
            },
            mails=_by("message_id", connection.execute(select(mails)).mappings()),
        )


def _by(column: str, rows: Iterable[RowMapping]) -> Mapping[str, Row]:
    return {row[column]: dict(row) for row in rows}


def complaints(books: Books, writes: Sequence[Write]) -> list[str]:
    """Return what is lost, doubled or half done."""
    found = defaultdict[tuple[str, str], list[str]](list)
    for kind, column in (("comment", "text"), ("amendment", "justification"), ("position", "statement")):
        for row in books.rows[kind].values():
            # What was there before anyone wrote says nothing.
            if row[column]:
                found[kind, row[column]].append(row["id"])
    for write in writes:
        if write.kind == "edition" and write.words in books.keys:
            found["edition", write.words] += [
                i for i in books.rows["edition"] if i == books.keys[write.words]
            ]
    said = list(_about_writes(books, writes, found))
    unknown = found.keys() - {(write.kind, write.words) for write in writes}
    said += [f"nobody wrote the {kind} {words}" for kind, words in sorted(unknown)]
    assembled = [write for write in writes if write.kind == "edition" and write.words in books.keys]
    if len(books.rows["edition"]) != len(assembled):
        said.append(f"{len(books.rows['edition'])} editions come of {len(assembled)} requests")
    numbers = sorted(row["number"] for row in books.rows["amendment"].values())
    if numbers != list(range(1, len(numbers) + 1)):
        said.append(f"the amendments are numbered {numbers}")
    return said + list(_about_editions(books))


def _about_writes(
    books: Books, writes: Sequence[Write], found: Mapping[tuple[str, str], list[str]]
) -> Iterator[str]:
    for write in writes:
        ids = (
            found.get((write.kind, write.words), []) if write.makes else [write.made] * _is_done(books, write)
        )
        if write.acknowledged and ids != [write.made]:
            yield f"the {write.kind} {write.words} was acknowledged as {write.made}, and found as {ids}"
        elif len(ids) > 1:
            yield f"the {write.kind} {write.words} is there {len(ids)} times"
        if [_recorded(books, write, one) for one in ids] != [1] * len(ids):
            yield f"the {write.kind} {write.words} is not recorded once"
        if write.makes and books.keys.get(write.words, "") != "".join(ids):
            yield f"the key of the {write.kind} {write.words} does not lead to {ids}"


def _is_done(books: Books, write: Write) -> bool:
    if write.kind == "withdrawal":
        return str(books.rows["position"][write.made]["state"]) == "withdrawn"
    if write.kind == "approval":
        return books.rows["edition"][write.made]["approved_by"] is not None
    row = books.rows["amendment"][write.made]
    return (str(row["state"]), row["decision_reason"]) == ("rejected", write.words)


def _recorded(books: Books, write: Write, subject: str) -> int:
    if write.kind == "decision":
        return books.rejected[subject]
    return books.recorded[RECORDED[write.kind], subject]


def _about_editions(books: Books) -> Iterator[str]:
    """Complain of a paper that is not as far as its job, or that is not what was sealed."""
    for edition in books.rows["edition"].values():
        moves, job = books.moves[edition["id"]], books.jobs.get(edition["id"])
        approved = edition["approved_by"] is not None
        taken = [step for step in STEPS if job is not None and step.value in books.steps.get(job["id"], ())]
        state = LIFECYCLE.initial if not approved else EditionState.APPROVED
        expected = ["edition.assembled"] + ["edition.approved"] * approved
        for step in taken:
            state = LIFECYCLE.next(state, step)
            expected.append(state.value)
        if (str(edition["state"]), moves) != (state.value, expected):
            yield f"edition {edition['number']} is {edition['state']}; its job says {expected}, the record {moves}"
        if approved != (job is not None):
            yield f"edition {edition['number']} has no job of its own"
        if job is not None and job["state"] == "failed":
            yield f"the job of edition {edition['number']} failed: {job['error']}"
        digest = edition["file_digest"]
        if digest is not None and books.contents.get(digest) != digest:
            yield f"the paper of edition {edition['number']} is not what was sealed"


def about_mails(books: Books, taken: Counter[str]) -> list[str]:
    """Return what is wrong with the mails that a mail server took, by Message-ID.

    A mail that was on its way at a crash is sent again under the same Message-ID, and shown once.
    """
    said = [f"nobody asked for the mail {one}" for one in sorted(taken.keys() - books.mails.keys())]
    sent = {one for one, row in books.mails.items() if str(row["state"]) == "sent"}
    said += [f"the mail {one} counts as sent, and never arrived" for one in sorted(sent - taken.keys())]
    told = Counter(
        str(sorted((k, str(v)) for k, v in row.items() if k in TOLD)) for row in books.mails.values()
    )
    return said + [f"{count} mails tell the same: {words}" for words, count in told.items() if count > 1]
