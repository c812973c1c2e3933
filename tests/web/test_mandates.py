"""The page of a mandate."""

from service.domain.documents import LARGEST
from service.workflows import library
from tests.web.visitors import Site
from tests.worlds import World

UNTIL = "2026-02-01T12:00"
LETTER = b"%PDF-1.7 Letter of the mayor"
HEADERS = {
    "content-type": "application/pdf",
    "content-disposition": 'attachment; filename="mandate.pdf"',
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
}


def path_of(site: Site, world: World) -> str:
    me = library.me(site.house.person(world.cities[0].person))
    assert me is not None
    return f"/mandates/{me.mandates[0].id}"


def test_holder_lends_some_of_a_mandate_and_ends_that(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), path_of(site, world)
    assert path in city.opens("/me").html
    fields = city.opens(path).fields("/passing-on") | {
        "how": "delegated", "name": "A newcomer", "email": "newcomer@example.org", "scopes": "comment",
        "expires_at": UNTIL,
    }  # fmt: skip
    assert city.sends(f"{path}/passing-on", fields).leads_to == path
    page = city.opens(path)
    assert "newcomer@example.org delegation comment · until 1 February 2026" in page.words
    lent = page.html.split('<h3><a href="')[1].partition('"')[0]
    seen = site.as_person(world.newcomer).opens(lent)
    assert (seen.status, "lent by Amara’s person" in seen.words, "Pass it on" in seen.words) == (
        200,
        True,
        False,
    )
    refused = city.sends(f"{lent}/revocation", reason="")
    assert (refused.status, "Say why: the holder will ask." in refused.words) == (422, True)
    assert city.sends(f"{lent}/revocation", reason="Back from leave.").status == 303
    assert "Back from leave." in city.opens(lent).words


def test_the_document_it_rests_on_is_handed_in_by_the_facility_and_downloaded_by_the_holder(
    site: Site, world: World
) -> None:
    facility, city, path = site.acting(world.facility), site.acting(world.cities[0]), path_of(site, world)
    assert "The document it rests on" not in city.opens(path).words
    refused = facility.hands_in(f"{path}/document", "file", b"<html>")
    assert (refused.status, "This is neither a PDF nor a picture" in refused.words) == (422, True)
    assert facility.hands_in(f"{path}/document", "file", LETTER).leads_to == path
    assert "Download the document it rests on 1 kB, since" in city.opens(path).words
    sent = city.opens(f"{path}/document")
    assert sent.html.encode() == LETTER
    assert [sent.headers[name] for name in HEADERS] == list(HEADERS.values())
    assert site.acting(world.cities[1]).opens(f"{path}/document").status == 404
    assert city.hands_in(f"{path}/document", "file", LETTER).status == 403
    assert facility.hands_in(f"{path}/document", "file", bytes(LARGEST + 100_000)).status == 413


def test_facility_names_an_alternate_and_lends_nothing(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), path_of(site, world)
    fields = facility.opens(path).fields("/passing-on")
    assert "expires_at" not in fields
    named = fields | {"how": "alternate", "name": "Bea", "email": "bea@example.org"}
    assert facility.sends(f"{path}/passing-on", named).leads_to == path
    assert "Bea alternate" in facility.opens(path).words


def test_what_is_missing_is_told_beside_its_field_and_the_rest_is_kept(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), path_of(site, world)
    typed = city.opens(path).fields("/passing-on") | {"name": "Bea", "email": "bea@example.org"}
    for more, field in (({}, "how"), ({"how": "delegated"}, "expires_at")):
        page = city.sends(f"{path}/passing-on", typed | more)
        assert (page.status, f'id="{field}-say"' in page.html, page.fields("/passing-on")["email"]) == (
            422,
            True,
            "bea@example.org",
        )


def test_nobody_else_learns_of_a_mandate(site: Site, world: World) -> None:
    known, unknown = path_of(site, world), "/mandates/01J9ZC5V7N8Q4T2X6B3D0KMRWA"
    for visitor in (site.visitor, site.acting(world.cities[1])):
        pages = [visitor.opens(path) for path in (known, unknown)]
        assert [page.status for page in pages] == [404, 404]
        assert pages[0].words == pages[1].words
