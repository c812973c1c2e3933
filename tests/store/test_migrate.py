import hashlib
import json
import subprocess
import sys
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, column, func, inspect, select, update
from sqlalchemy import table as sql_table

from service.domain.amendments import AmendmentAction
from service.domain.comments import Audience, CommentKind
from service.domain.lessons import BLOCK
from service.domain.merkle import inclusion, is_included
from service.domain.phases import Phase
from service.domain.record import head_of
from service.domain.renditions import Courtesy
from service.domain.text import Edit, InsertBlock, Operation, SplitBlock
from service.domain.translations import Translated
from service.store import (  # noqa: F401 - declares the schema
    access_tables,
    bookkeeping,
    correction_tables,
    courtesies,
    draft_tables,
    jobs,
    rendition_tables,
    review_tables,
    sealing_tables,
    translation_tables,
)
from service.store.columns import metadata
from service.store.engine import Database, make_engine
from service.store.migrate import HEAD, SCRIPTS, downgrade, is_current, upgrade
from service.store.queries.record import hashes_of
from service.store.tables import amendment_claims, amendments
from service.store.types import Facts, UtcDateTime
from service.store.uow import HOUSE
from service.workflows import lessons, library
from service.workflows.amendments import table
from service.workflows.comments import Answer, PostComment, answer, post
from service.workflows.corrections import CorrectLesson, correct_lesson
from service.workflows.decisions import Decide, decide
from service.workflows.translations import BeginTranslation, begin
from tests.builders import (
    ASK,
    WHY,
    a_comment,
    a_lesson,
    a_released_edition,
    a_world,
    an_amendment,
    decided,
    endorsed,
    evidenced,
    tabling,
)
from tests.houses import House
from tests.translating import a_translation
from tests.worlds import World


def schema(engine: Engine) -> dict[str, object]:
    found = inspect(engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            sorted(str(i["name"]) for i in found.get_indexes(name)),
            sorted(str(u["name"]) for u in found.get_unique_constraints(name)),
            sorted(str(c["name"]) for c in found.get_check_constraints(name)),
            sorted(str(f["name"]) for f in found.get_foreign_keys(name)),
        )
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def test_the_migrations_make_exactly_the_schema_that_is_declared(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    engine = make_engine(empty_database_url)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    assert set(schema(engine)) == set(metadata.tables)
    engine.dispose()


def test_the_migrations_can_be_undone_and_done_again(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    upgrade(empty_database_url)
    first = schema(engine)
    downgrade(empty_database_url, "base")
    assert schema(engine) == {}
    upgrade(empty_database_url)
    assert schema(engine) == first
    engine.dispose()


def test_amendments_of_a_release_before_get_their_claims(house: House) -> None:
    world = a_world(house)
    an_amendment(world, edit={"ask": f"{ASK} Now.", "why": "Partnerships have shown results."})
    an_amendment(world, draft=True)
    decided(world, an_amendment(world), AmendmentAction.REJECT)
    modified = Decide(
        an_amendment(world), AmendmentAction.ACCEPT_MODIFIED, "Clearer.", world.reworded(ask=WHY)
    )
    decide(world.acting(world.rapporteur), modified)
    before = claims(house)
    url = house.database.engine.url.render_as_string(hide_password=False)
    downgrade(url, "0001")
    assert amendment_claims.name not in schema(house.database.engine)
    upgrade(url)
    assert claims(house) == before != []


def test_shared_lessons_of_a_release_before_are_ranked_by_their_numbers(house: House) -> None:
    world = a_world(house)
    first, left, last = (a_lesson(world, f"Lesson {n}.") for n in range(3))
    for lesson in (last, first):
        lessons.shortlist(world.acting(world.rapporteur), lesson)
    url = house.database.engine.url.render_as_string(hide_password=False)
    downgrade(url, "0011")
    upgrade(url)
    ranks = {one.id: one.rank for one in library.lessons(house.stranger, world.agenda).items}
    assert ranks == {first: 1, left: None, last: 2}


def test_amendments_of_a_release_before_tell_splits_as_such(house: House) -> None:
    world = a_world(house)
    tabled, fallen, _, decided_anew, worked_in = (a_split(world, draft=at == 2) for at in range(5))
    decided(world, fallen, AmendmentAction.FALL)
    modified = Decide(
        decided_anew, AmendmentAction.ACCEPT_MODIFIED, "Clearer.", world.amendment(tabled).blocks
    )
    decide(world.acting(world.rapporteur), modified)
    renewed, before = told(house), claims(house)
    assert [[type(o) for o in operations] for operations in renewed.values()] == [[SplitBlock]] * 5
    with house.database.writing() as connection:
        # Of the version that it is part of, only this is asked here.
        connection.execute(
            update(amendments).where(amendments.c.id == worked_in).values(incorporated_in=world.version)
        )
        for amendment in renewed:
            connection.execute(
                update(amendments)
                .where(amendments.c.id == amendment)
                .values(operations=as_it_was_told(renewed[amendment]))
            )
    url = house.database.engine.url.render_as_string(hide_password=False)
    downgrade(url, "0001")
    upgrade(url)
    assert told(house) == renewed | {worked_in: as_it_was_told(renewed[worked_in])}
    assert claims(house) == [row for row in before if row[0] != worked_in]
    assert {row[0] for row in claims(house)} == {tabled, decided_anew}


def test_there_is_no_way_back_to_a_release_that_cannot_read_what_is_kept(house: House) -> None:
    world = a_world(house)
    a_split(world)
    an_amendment(world, edit={"ask": f'{ASK} "op":"join_block"'})
    before, kept = schema(house.database.engine), told(house)
    url = house.database.engine.url.render_as_string(hide_password=False)
    with pytest.raises(RuntimeError, match="split or join paragraphs: 1"):
        downgrade(url, "0001")
    assert (schema(house.database.engine), told(house)) == (before, kept)
    with house.database.reading() as connection:
        assert is_current(connection)


def test_there_is_no_way_back_to_a_release_that_would_show_what_is_inside(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0]
    url = house.database.engine.url.render_as_string(hide_password=False)
    downgrade(url, "0004")
    upgrade(url)
    note = PostComment(
        world.recommendation, amara.organisation, CommentKind.GENERAL, "Hm.", audience=Audience.ORGANISATION
    )
    post(world.acting(amara), note)
    before = schema(house.database.engine)
    with pytest.raises(RuntimeError, match="Internal comments: 1; such mandates: 0"):
        downgrade(url, "0004")
    assert schema(house.database.engine) == before


def test_words_of_a_release_before_are_in_the_language_of_their_agenda(house: House) -> None:
    world = a_world(house)
    lesson, piece = a_lesson(world), evidenced(world)
    a_translation(world)
    before = kept_courtesies(house)
    url = house.database.engine.url.render_as_string(hide_password=False)
    downgrade(url, "0020")
    upgrade(url)
    found = (library.lesson(house.stranger, lesson), library.one_evidence(house.stranger, piece))
    assert [one.language for one in found] == ["en", "en"]
    assert kept_courtesies(house) == before != []


def test_there_is_no_way_back_to_a_release_that_has_no_translations_of_lessons(house: House) -> None:
    world = a_world(house)
    lesson = a_lesson(world)
    words = library.lesson(house.stranger, lesson)
    command = BeginTranslation(
        lesson, world.cities[0].organisation, "fr", words.version.id, {BLOCK: "Petit."}, of=Translated.LESSON
    )
    begin(world.acting(world.cities[0]), command)
    url = house.database.engine.url.render_as_string(hide_password=False)
    with pytest.raises(RuntimeError, match=r"no place for what is kept. Translations of lessons: 1\."):
        downgrade(url, "0020")


def test_there_is_no_way_back_to_a_release_that_would_lose_corrections(house: House) -> None:
    world = a_world(house)
    lesson = a_lesson(world)
    world.in_phase(Phase.PUBLICATION)
    correct_lesson(world.acting(world.facility), CorrectLesson(lesson, "Start small.", "A wrong word."))
    url = house.database.engine.url.render_as_string(hide_password=False)
    with pytest.raises(RuntimeError, match=r"no place for what is kept. Corrections: 1\."):
        downgrade(url, "0020")


def test_there_is_no_way_back_to_a_release_that_takes_all_words_for_those_of_the_agendas_language(
    house: House,
) -> None:
    world = a_world(house)
    city = world.cities[1]
    comment = a_comment(world)
    answer(world.acting(city), Answer(comment, city.organisation, "Le ministère.", language="fr"))
    answer(world.acting(city), Answer(comment, city.organisation, "The ministry.", language="en"))
    lessons.propose(
        world.acting(city),
        lessons.ProposeLesson(world.agenda, city.organisation, "Commencer petit.", language="fr"),
    )
    url = house.database.engine.url.render_as_string(hide_password=False)
    told = r"Lessons, evidence, comments, answers and positions in another language than their agenda’s: 2\."
    with pytest.raises(RuntimeError, match=told):
        downgrade(url, "0020")


def test_there_is_no_way_back_to_a_release_that_takes_all_reasons_for_those_of_the_agendas_language(
    house: House,
) -> None:
    world = a_world(house)
    ctx = world.acting(world.rapporteur)
    for language in ("fr", "en"):
        decide(ctx, Decide(an_amendment(world), AmendmentAction.REJECT, "Non.", language=language))
    url = house.database.engine.url.render_as_string(hide_password=False)
    told = r"Reasons of decisions in another language than their agenda’s: 1\."
    with pytest.raises(RuntimeError, match=told):
        downgrade(url, "0023")


def kept_courtesies(house: House) -> list[Courtesy]:
    with house.database.reading() as connection:
        sources = set(connection.scalars(select(translation_tables.courtesy_texts.c.source)))
        return list(courtesies.of_texts(connection, sources))


def test_nothing_goes_with_a_table_that_is_made_anew(house: House) -> None:
    world = a_world(house)
    city = world.cities[1]
    answer(world.acting(city), Answer(a_comment(world), city.organisation, "The ministry."))
    an_amendment(world)
    a_released_edition(endorsed(world))
    before = sizes(house)
    assert [before[name] > 0 for name in ("replies", "job_steps", "amendment_claims")] == [True] * 3
    url = house.database.engine.url.render_as_string(hide_password=False)
    downgrade(url, "0004")
    upgrade(url)
    # The checkpoints of a tree that is gone are gone with it; what was told before nobody waits for.
    apart = {"record_checkpoints", "notification_cursors"}
    after = sizes(house)
    assert {n: k for n, k in after.items() if n not in apart} == {
        n: k for n, k in before.items() if n not in apart
    }
    house.check_records()


def sizes(house: House) -> dict[str, int]:
    with house.database.reading() as connection:
        return {
            name: connection.scalars(select(func.count()).select_from(table)).one()
            for name, table in metadata.tables.items()
        }


def a_split(world: World, *, draft: bool = False) -> str:
    """Propose to split the ask in two; returns the amendment's id."""
    title, ask, *others = world.text.blocks
    half = ASK.index(" ", len(ASK) // 2)
    blocks = (title, replace(ask, text=ASK[:half]), replace(ask, id="", text=ASK[half + 1 :]), *others)
    command = replace(tabling(world), blocks=blocks, draft=draft)
    return table(world.acting(world.cities[0]), command)


def as_it_was_told(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """Tell a split as a release before did: a deletion, and an insertion."""
    (split,) = operations
    assert isinstance(split, SplitBlock)
    struck = ASK[split.start :]
    return (
        Edit(split.block, split.start, len(ASK), struck, ""),
        InsertBlock(split.block, replace(split.content, text=struck.strip())),
    )


def told(house: House) -> dict[str, tuple[Operation, ...]]:
    with house.database.reading() as connection:
        rows = connection.execute(select(amendments.c.id, amendments.c.operations)).all()
    return {row.id: row.operations for row in rows}


def claims(house: House) -> list[tuple[object, ...]]:
    with house.database.reading() as connection:
        return sorted((tuple(row) for row in connection.execute(select(amendment_claims))), key=str)


def test_a_database_tells_whether_it_is_of_this_release(empty_database_url: str) -> None:
    database = Database(make_engine(empty_database_url))
    with database.reading() as connection:
        assert not is_current(connection)
    upgrade(empty_database_url)
    with database.reading() as connection:
        assert is_current(connection)
    database.engine.dispose()


def test_upgrading_what_is_up_to_date_changes_nothing(database_url: str) -> None:
    engine = make_engine(database_url)
    before = schema(engine)
    upgrade(database_url)
    assert schema(engine) == before
    engine.dispose()


def test_the_newest_migration_is_the_schema_of_this_release() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == HEAD


def test_a_database_of_this_release_is_opened_without_the_migrations_library(database_url: str) -> None:
    code = (
        "import sys; from service.store.migrate import upgrade; upgrade(sys.argv[1]); "
        "print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", code, database_url]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_chain_of_a_release_before_becomes_a_tree(house: House) -> None:
    world = a_world(house)
    decided(world, an_amendment(world), AmendmentAction.REJECT)
    before = {scope: told_of(house, scope) for scope in (HOUSE, world.agenda)}
    url = house.database.engine.url.render_as_string(hide_password=False)
    downgrade(url, "0004")
    assert {scope: chained(house, scope) for scope in before} == before
    upgrade(url)
    assert {scope: told_of(house, scope) for scope in before} == before
    house.check_records()
    an_amendment(world)
    house.check_records()
    assert proven(house, world.agenda)


def told_of(house: House, scope: str) -> list[dict[str, object]]:
    return [
        {
            "at": e.at,
            "name": e.name,
            "subject_id": e.subject_id,
            "person_id": e.person_id,
            "organisation_id": e.organisation_id,
            "data": e.data,
        }
        for e in house.record(scope)
    ]


def chained(house: House, scope: str) -> list[dict[str, object]]:
    """Return a record as the release before reads it; each entry has to follow on the one before."""
    columns = {"at": UtcDateTime, "data": Facts}
    names = (
        "at",
        "name",
        "subject_id",
        "person_id",
        "organisation_id",
        "token_id",
        "data",
        "previous",
        "hash",
    )
    table = sql_table("events", *(column(name, columns.get(name)) for name in ("scope", "sequence", *names)))
    with house.database.reading() as connection:
        query = select(table).where(table.c.scope == scope).order_by(table.c.sequence)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        query = select(sql_table("record_heads", column("scope"), column("size"), column("hash")))
        (head,) = [row for row in connection.execute(query) if row.scope == scope]
    previous = "0" * 64
    for row in rows:
        leaf = {**row, "at": row["at"].isoformat(timespec="microseconds")}
        hash_ = leaf.pop("hash")
        canonical = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert (row["previous"], hash_) == (previous, hashlib.sha256(canonical.encode()).hexdigest())
        previous = hash_
    assert (head.size, head.hash) == (len(rows), previous)
    left_out = {"scope", "sequence", "token_id", "previous", "hash"}
    return [{name: value for name, value in row.items() if name not in left_out} for row in rows]


def proven(house: House, scope: str) -> bool:
    """Tell whether every entry is proven by what entries keep of the tree."""
    leaves = house.leaves(scope)
    root = bytes.fromhex(head_of(leaves).root)
    with house.database.reading() as connection:
        paths = [hashes_of(connection, scope, inclusion(index, len(leaves))) for index in range(len(leaves))]
    return all(
        is_included(bytes.fromhex(leaf.hash), index, len(leaves), path, root)
        for index, (leaf, path) in enumerate(zip(leaves, paths, strict=True))
    )


def test_a_job_that_a_worker_of_a_release_before_left_behind_goes_on(house: House) -> None:
    with house.database.writing() as connection:
        jobs.enqueue(connection, "a", "publish", "edition", house.clock.moment)
    assert jobs.claim(house.database, "before", "a worker") is not None
    url = house.database.engine.url.render_as_string(hide_password=False)
    downgrade(url, "0022")
    upgrade(url)
    with house.database.writing() as connection:
        # Who holds it is not known any more, so its lease has to run out.
        jobs.free(connection, lambda _: True, house.clock.moment)
    assert jobs.claim(house.database, "too early") is None
    house.clock.moment += 2 * jobs.LEASE
    assert jobs.claim(house.database, "after") is not None
