"""Who says what, as a page with conditions and as a file."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from service.domain.phases import Phase
from service.domain.positions import Stance
from service.workflows import positions
from tests.builders import a_position, taking
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_partnerships_are_shown_with_what_their_members_say(site: Site, world: World) -> None:
    a_position(world, stance=Stance.OBJECTION)
    page = site.visitor.opens(f"/agendas/{world.agenda}/positions")
    assert "<td>objection (Amara)</td>" in page.html
    assert "Water for all" in page.words


def test_conditions_stay_in_the_address_and_narrow_the_rows(site: Site, world: World) -> None:
    a_position(world)
    path = f"/agendas/{world.agenda}/positions"
    found = {
        asked: "Water for all" in site.visitor.opens(f"{path}?{asked}").words
        for asked in (
            "region=sub_saharan_africa",
            "region=asia_pacific",
            "stance=endorsed",
            "stance=objection",
        )
    }
    assert list(found.values()) == [True, False, True, False]
    page = site.visitor.opens(f"{path}?stance=objection")
    assert "No partnership fits. Choose fewer conditions above." in page.words
    assert '<option value="objection" selected>' in page.html


def test_organisations_are_narrowed_with_their_partnerships(site: Site, world: World) -> None:
    a_position(world, stance=Stance.OBJECTION)
    a_position(world, by=world.cities[2])
    path = f"/agendas/{world.agenda}/positions"
    rows_of = {
        asked: [name in page.split("In their words")[0] for name in ('row">Amara', 'row">Kesi')]
        for asked in ("", "?region=sub_saharan_africa", "?stance=endorsed", "?stance=recused")
        for page in [site.visitor.opens(path + asked).html.split('id="grid"')[1]]
    }
    assert list(rows_of.values()) == [[True, True], [True, False], [False, True], [False, False]]
    words = site.visitor.opens(f"{path}?stance=recused").words
    assert ("No organisation fits." in words, "2 organisations have not spoken" in words) == (True, True)


def test_positions_are_handed_out_as_a_table_that_is_no_formula(site: Site, world: World) -> None:
    command = replace(taking(world), stance=Stance.ABSTAINED, statement="=HYPERLINK(1)")
    positions.take(world.acting(world.cities[0]), command)
    a_position(world, by=world.cities[2])
    answer = site.visitor.opens(f"/agendas/{world.agenda}/positions.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="positions.csv"'
    found = [
        (r["Organisation"], r["Partnership"], r["Region"], r["Position"], r["In its words"], r["Digest"])
        for r in rows(answer.html)
    ]
    digest = world.text.digest
    assert found == [
        ("Amara", "Water for all", "Sub-Saharan Africa", "abstained", "'=HYPERLINK(1)", digest),
        ("Kesi", "", "", "endorsed", "", digest),
    ]


def test_table_is_narrowed_by_the_same_conditions(site: Site, world: World) -> None:
    a_position(world, stance=Stance.ENDORSED_WITH_RESERVATION)
    a_position(world, by=world.cities[2])
    path = f"/agendas/{world.agenda}/positions.csv"
    found = [
        [(r["Organisation"], r["Reservation"]) for r in rows(site.visitor.opens(f"{path}?{asked}").html)]
        for asked in ("stance=endorsed", "region=sub_saharan_africa", "region=asia_pacific")
    ]
    assert found == [[("Kesi", "")], [("Amara", "scrutiny")], []]


def test_what_a_program_has_already_is_not_sent_again(site: Site, world: World) -> None:
    path = f"/agendas/{world.agenda}/positions.csv"
    tag = site.visitor.opens(path).headers["etag"]
    again = replace(site.visitor, headers={"if-none-match": tag}).opens(path)
    assert (again.status, again.html) == (304, "")
