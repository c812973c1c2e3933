import subprocess
import sys
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, update

from service.domain.amendments import AmendmentAction
from service.domain.comments import Audience, CommentKind
from service.domain.text import Edit, InsertBlock, Operation, SplitBlock
from service.store import bookkeeping  # noqa: F401 - declares the schema
from service.store.columns import metadata
from service.store.engine import Database, make_engine
from service.store.migrate import HEAD, SCRIPTS, downgrade, is_current, upgrade
from service.store.tables import amendment_claims, amendments
from service.workflows.amendments import table
from service.workflows.comments import PostComment, post
from service.workflows.decisions import Decide, decide
from tests.builders import ASK, WHY, a_world, an_amendment, decided, tabling
from tests.houses import House
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
