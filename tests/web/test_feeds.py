"""Feeds: held to what RFC 4287 asks of a feed, and to what everyone may know."""

from datetime import datetime
from xml.etree.ElementTree import Element, fromstring

from service.web.atom import Feed, FeedEntry, written
from tests.builders import a_comment, an_amendment
from tests.counting import counting
from tests.houses import BEGINNING
from tests.web.visitors import Site, Visitor
from tests.worlds import World

ATOM = "{http://www.w3.org/2005/Atom}"


def read(xml: str) -> Element:
    """Return a feed, having seen that it is one by the rules of the standard."""
    feed = fromstring(xml)  # noqa: S314 - our own feed
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert text(element, "id").startswith("urn:uuid:")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
        alternates = [link.get("type") for link in links(element, "alternate")]
        assert alternates == ["text/html"]
        assert all(str(link.get("href")).startswith("http") for link in element.findall(f"{ATOM}link"))
        assert len(element.findall(f"{ATOM}summary")) <= 1
    assert feed.findall(f"{ATOM}author/{ATOM}name") != []
    assert len(links(feed, "self")) == 1
    ids = [text(entry, "id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return feed


def links(element: Element, relation: str) -> list[Element]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel") == relation]


def text(element: Element, name: str) -> str:
    return element.findtext(ATOM + name) or ""


def entries(feed: Element) -> list[Element]:
    return list(feed.iter(f"{ATOM}entry"))


def test_feed_tells_what_happened_last_first(site: Site, world: World) -> None:
    an_amendment(world)
    page = site.visitor.opens(f"/agendas/{world.agenda}/feed.atom")
    assert page.headers["content-type"] == "application/atom+xml; charset=utf-8"
    newest = entries(read(page.html))[0]
    assert text(newest, "title") == "An amendment was tabled."
    assert text(newest, "summary").startswith("Amendment 1 to recommendation 1: ")
    assert newest.findtext(f"{ATOM}author/{ATOM}name") == world.cities[0].name


def test_entries_keep_their_ids(site: Site, world: World) -> None:
    path = f"/agendas/{world.agenda}/feed.atom"
    before = [text(entry, "id") for entry in entries(read(site.visitor.opens(path).html))]
    an_amendment(world)
    after = [text(entry, "id") for entry in entries(read(site.visitor.opens(path).html))]
    assert after[1:] == before


def test_drafts_are_told_to_nobody(site: Site, world: World) -> None:
    before = site.visitor.opens(f"/agendas/{world.agenda}/feed.atom").html
    draft = an_amendment(world, draft=True)
    for reader in (site.visitor, site.acting(world.cities[0]), site.acting(world.facility)):
        told = reader.opens(f"/agendas/{world.agenda}/feed.atom").html
        assert (told, draft in told) == (before, False)


def test_feed_of_a_recommendation_tells_of_it_alone(site: Site, world: World) -> None:
    a_comment(world)
    feed = read(site.visitor.opens(f"/recommendations/{world.recommendation}/feed.atom").html)
    names = {text(entry, "title") for entry in entries(feed)}
    assert names == {"A recommendation was laid before the partnerships.", "A comment was posted."}


def test_who_has_the_feed_is_not_sent_it_again(site: Site, world: World) -> None:
    path = f"/agendas/{world.agenda}/feed.atom"
    seen = {"if-none-match": site.visitor.opens(path).headers["etag"]}
    again = Visitor(site.client, headers=seen).opens(path)
    an_amendment(world)
    later = Visitor(site.client, headers=seen).opens(path)
    assert [(again.status, again.html), (later.status, later.headers["etag"] != seen["if-none-match"])] == [
        (304, ""),
        (200, True),
    ]


def test_pages_name_their_feed(site: Site, world: World) -> None:
    agenda, ask = (
        site.visitor.opens(path).html
        for path in (f"/agendas/{world.agenda}", f"/recommendations/{world.recommendation}")
    )
    link = '<link rel="alternate" type="application/atom+xml"'
    assert [agenda.count(link), ask.count(link)] == [1, 2]
    assert f'href="/recommendations/{world.recommendation}/feed.atom?lang=en"' in ask


def test_feed_of_what_there_is_not_is_not_there(site: Site) -> None:
    paths = ("/agendas/none/feed.atom", "/recommendations/none/feed.atom")
    assert [site.visitor.opens(path).status for path in paths] == [404, 404]


def test_feed_costs_the_same_however_long_it_is(site: Site, world: World) -> None:
    path = f"/agendas/{world.agenda}/feed.atom"
    an_amendment(world)
    with counting(site.house) as short:
        site.visitor.opens(path)
    an_amendment(world)
    an_amendment(world)
    with counting(site.house) as long:
        site.visitor.opens(path)
    assert len(short) == len(long)


def test_what_xml_cannot_hold_is_replaced_and_the_rest_escaped() -> None:
    entry = FeedEntry("n", BEGINNING, "<b>&\x00\x0b", "", None, "http://here/?a=1&b=2")
    feed = Feed("f", "\ud800", "", "en", "http://here/f", "http://here/", BEGINNING, (entry,))
    read_back = entries(read(written(feed).decode()))[0]
    assert (text(read_back, "title"), text(read_back, "summary")) == ("<b>&\ufffd\ufffd", "")
    assert [link.get("href") for link in links(read_back, "alternate")] == ["http://here/?a=1&b=2"]


def test_language_of_a_feed_is_the_one_its_address_names_if_it_is_known(site: Site, world: World) -> None:
    for tag in ("en", "xx", "-", "_", "%00", "%C3%A9", "en-" * 50, ""):
        page = site.visitor.opens(f"/agendas/{world.agenda}/feed.atom?lang={tag}")
        assert (page.status, 'xml:lang="en"' in page.html) == (200, True), tag
