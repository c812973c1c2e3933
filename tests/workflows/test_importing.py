import csv
from io import StringIO

import pytest

from service.adapters.sheets import FileSheets
from service.domain.errors import Denied, Invalid
from service.domain.importing import Column, template
from service.domain.views.imports import Effect, ImportReport, Noun
from service.domain.views.participants import ParticipantFilter
from service.domain.views.record import RecordView
from service.workflows import importing, library, participants
from service.workflows.importing import ImportPeople
from tests.builders import a_world
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import refused
from tests.worlds import World

SAMPLE = template().encode()
LAKESIDE, HARBOUR = (
    {column: cells[n] if n < len(cells) else "" for n, column in enumerate(Column)}
    for cells in FileSheets.rows(SAMPLE)[1:]
)


def listing(*rows: dict[Column, str], world: World | None = None) -> ImportPeople:
    written = StringIO()
    csv.writer(written).writerows([tuple(Column), *(tuple(row.values()) for row in rows)])
    return ImportPeople(written.getvalue().encode(), world.agenda if world else None)


def row(of: dict[Column, str], **cells: str) -> dict[Column, str]:
    return of | {Column(name): text for name, text in cells.items()}


def imported(world: World, *rows: dict[Column, str]) -> ImportReport:
    return importing.run(world.acting(world.facility), listing(*rows, world=world))


def counted(report: ImportReport) -> dict[str, tuple[int, ...]]:
    return {noun.value: tuple(report.count(noun, effect) for effect in Effect) for noun in Noun}


def test_a_list_is_shown_first_then_imported_and_then_changes_nothing(house: House) -> None:
    world = a_world(house)
    ctx, command = world.acting(world.facility), ImportPeople(SAMPLE, world.agenda)
    fresh = {"organisation": 2, "partnership": 1, "person": 2, "mandate": 2, "participation": 2}
    before = (house.record(), house.record(world.agenda))
    shown = importing.preview(ctx, command)
    assert (shown.written, shown.errors, counted(shown)) == (
        False,
        (),
        {k: (n, 0, 0) for k, n in fresh.items()},
    )
    assert (house.record(), house.record(world.agenda)) == before
    done = importing.run(ctx, command)
    assert (done.written, done.changes) == (True, shown.changes)
    names = [entry.name for entry in added(house, before[0])]
    assert sorted(names) == sorted(
        ["organisation.admitted", "person.entered", "mandate.granted"] * 2 + ["partnership.entered"]
    )
    assert house.record(world.agenda)[-1].name == "agenda.participants_admitted"
    after = (house.record(), house.record(world.agenda))
    again = importing.run(ctx, command)
    assert counted(again) == {k: (0, 0, n) for k, n in fresh.items()}
    assert (house.record(), house.record(world.agenda)) == after
    house.check_records()


def added(house: House, before: tuple[RecordView, ...]) -> tuple[RecordView, ...]:
    return house.record()[len(before) :]


def test_what_a_list_says_otherwise_is_corrected(house: House) -> None:
    world = a_world(house)
    imported(world, LAKESIDE, HARBOUR)
    report = imported(
        world,
        row(LAKESIDE, country="Otherland", person="Ada Other", level="technical", lead="no"),
        row(HARBOUR, lead="yes"),
    )
    assert [(c.row, c.noun.value, c.name) for c in report.changes if c.effect is Effect.UPDATED] == [
        (2, "organisation", "Lakeside"),
        (2, "person", "ada@lakeside.example"),
        (2, "mandate", "ada@lakeside.example, Lakeside, representative"),
        (2, "partnership", "Lakeside and Harbour"),
    ]
    page = participants.participants(
        world.acting(world.facility), world.agenda, ParticipantFilter(words="ada@lakeside")
    )
    (ada,) = page.items
    assert (ada.name, [(m.level.value, m.in_force, m.revocation) for m in ada.mandates]) == (
        "Ada Other",
        [("political", False, "Replaced by an import of participants."), ("technical", True, "")],
    )
    (found,) = [p for p in library.partnerships(house.stranger).items if p.name == "Lakeside and Harbour"]
    assert [member.name for member in found.members] == ["Harbour", "Lakeside"]


def test_a_partnership_gets_new_members(house: House) -> None:
    world = a_world(house)
    imported(world, LAKESIDE)
    report = imported(world, HARBOUR)
    assert counted(report)["partnership"] == (0, 1, 0)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((row(LAKESIDE, kind="", country="", region=""),), [(2, "kind"), (2, "country"), (2, "region")]),
        ((row(LAKESIDE, email="a@x.eu,b@evil.tld"),), [(2, "email")]),
        ((row(LAKESIDE, time_zone="Mars/Base"),), [(2, "time_zone")]),
        ((row(LAKESIDE, document="d " * 300),), [(2, "document")]),
        ((row(LAKESIDE, expires="2020-01-01"),), [(2, "expires")]),
        ((row(LAKESIDE, organisation="x" * 201),), [(2, "organisation")]),
        ((row(LAKESIDE, lead="no"),), [(2, "lead")]),
        ((LAKESIDE, row(HARBOUR, lead="yes")), [(2, "lead")]),
        ((LAKESIDE, row(LAKESIDE, country="Otherland")), [(3, "country")]),
        ((LAKESIDE, row(LAKESIDE, person="Bea")), [(3, "person")]),
        ((LAKESIDE, row(LAKESIDE, level="technical")), [(3, "role")]),
        ((row(LAKESIDE, kind="village"), row(HARBOUR, email="nobody")), [(2, "kind"), (3, "email")]),
        ((row(LAKESIDE, kind="village", email="nobody"),), [(2, "kind"), (2, "email")]),
    ],
)
def test_each_rows_error_is_named_and_nothing_is_written(
    house: House, rows: tuple[dict[Column, str], ...], expected: list[tuple[int, str]]
) -> None:
    world = a_world(house)
    ctx, command = world.acting(world.facility), listing(*rows, world=world)
    shown = importing.preview(ctx, command)
    assert [(e.row, e.column) for e in shown.errors] == expected
    told = refused(world, Invalid, lambda: importing.run(ctx, command))
    assert [error.field for error in told.errors][: len(expected)] == [f"row {n}, {c}" for n, c in expected]
    assert all(error.message for error in told.errors)


def test_importing_is_the_facilitys_and_needs_a_file(house: House) -> None:
    world = a_world(house)
    for act in (importing.preview, importing.run):
        refused(world, Denied, lambda a=act: a(world.acting(world.rapporteur), ImportPeople(SAMPLE)))  # type: ignore[misc]  # a default in a lambda
        refused(world, Invalid, lambda a=act: a(world.acting(world.facility), ImportPeople(b"")))  # type: ignore[misc]  # the same


def test_the_operator_imports_without_an_agenda(house: House) -> None:
    report = importing.run(house.operator, ImportPeople(SAMPLE))
    assert counted(report)["participation"] == (0, 0, 0)


def test_a_long_list_takes_a_few_statements(house: House) -> None:
    world = a_world(house)
    made = []
    for first, count in ((0, 1), (1, 3)):
        rows = [
            row(LAKESIDE, organisation=f"City {n}", email=f"p{n}@example.org", partnership="", lead="")
            for n in range(first, first + count)
        ]
        with counting(house) as statements:
            imported(world, *rows)
        made.append(len(statements))
    assert made[0] == made[1]
