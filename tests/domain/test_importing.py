from datetime import UTC, datetime

import pytest

from service.domain.actors import MandateLevel, OrganisationKind, Region, Role, Scope
from service.domain.errors import Invalid
from service.domain.importing import Column, ImportRow, read, template

HEAD = tuple(Column)
FULL: dict[str, str] = {
    "organisation": "Lakeside",
    "kind": "City",
    "country": "Examplia",
    "region": "Latin America and the Caribbean",
    "partnership": "Lakeside and Harbour",
    "lead": "Yes",
    "person": "Ada Example",
    "email": "Ada@Lakeside.Example",
    "language": "fr",
    "time_zone": "Asia/Manila",
    "role": "Representative",
    "scopes": "position; Comment",
    "level": "council resolution",
    "document": "Resolution 12",
    "expires": "2027-03-31",
}


def one(**cells: str) -> ImportRow:
    ((row,), errors) = read((HEAD, tuple((FULL | cells).values())))
    assert errors == ()
    return row


def faults(**cells: str) -> list[tuple[int, str]]:
    _, errors = read((HEAD, tuple((FULL | cells).values())))
    assert all(error.fault.message for error in errors)
    return [(error.row, error.column) for error in errors]


def test_a_row_is_read_as_people_write_it() -> None:
    assert one() == ImportRow(
        2,
        "Lakeside",
        OrganisationKind.LOCAL_AUTHORITY,
        "Examplia",
        Region.LATIN_AMERICA_CARIBBEAN,
        "Lakeside and Harbour",
        True,
        "Ada Example",
        "ada@lakeside.example",
        "fr",
        "Asia/Manila",
        Role.REPRESENTATIVE,
        (Scope.COMMENT, Scope.POSITION),
        MandateLevel.COUNCIL_RESOLUTION,
        "Resolution 12",
        datetime(2027, 4, 1, tzinfo=UTC),
    )


def test_what_is_left_open_is_what_most_need() -> None:
    row = one(language="", time_zone="", scopes="", level="", expires="", lead="")
    assert (row.language, row.time_zone, row.scopes, row.level, row.expires_at, row.lead) == (
        "en",
        "Europe/Brussels",
        (Scope.COMMENT, Scope.AMEND, Scope.POSITION),
        MandateLevel.TECHNICAL,
        None,
        False,
    )
    assert one(scopes="all") == one(scopes="comment, amend, position")


def test_an_organisation_may_come_without_a_person() -> None:
    row = one(person="", email="", role="", scopes="")
    assert (row.email, row.role, row.scopes) == ("", None, ())


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"organisation": ""}, "organisation"),
        ({"kind": "village"}, "kind"),
        ({"lead": "perhaps"}, "lead"),
        ({"person": ""}, "person"),
        ({"email": "", "role": "observer", "scopes": ""}, "email"),
        ({"language": "French!"}, "language"),
        ({"language": "de-aaaaaaaa-bbbbbbbb-cc"}, "language"),
        ({"role": "", "scopes": ""}, "role"),
        ({"scopes": "approve"}, "scopes"),
        ({"expires": "31.3.2027"}, "expires"),
        ({"expires": "9999-12-31"}, "expires"),
        ({"document": "=HYPERLINK(A1)"}, "document"),
    ],
)
def test_a_row_is_refused_by_column(cells: dict[str, str], column: str) -> None:
    assert faults(**cells) == [(2, column)]


def test_headings_come_in_any_order_and_style() -> None:
    table = (
        ("E-Mail", "", "ORGANIZATION", "Time zone", "name", "role"),
        ("a@b.example", "?", "Lakeside", "", "Ada", "observer"),
    )
    ((row,), errors) = read(table)
    assert (row.organisation, row.email, row.person, row.role, errors) == (
        "Lakeside",
        "a@b.example",
        "Ada",
        Role.OBSERVER,
        (),
    )


def test_empty_rows_are_passed_over_and_numbers_are_the_files() -> None:
    rows, errors = read((("organisation", "kind"), ("", " "), ("Lakeside",), (), ("Harbour", "village")))
    assert ([row.number for row in rows], [error.row for error in errors]) == ([3, 5], [5])


@pytest.mark.parametrize(
    "head", [(), ("person",), ("organisation", "shoe size"), ("organisation", "Organization")]
)
def test_a_table_without_its_headings_is_refused(head: tuple[str, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        read((head,) if head else ())
    assert [error.field for error in refused.value.errors] == ["file"]


def test_the_template_names_every_column() -> None:
    assert template().splitlines()[0] == ",".join(Column)
