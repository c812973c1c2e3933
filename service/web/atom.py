"""What happened as an Atom feed (RFC 4287)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from service.web.naming import stable_id

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold at all, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; `name` is what its id is made of, `link` an address on this service."""

    name: str
    at: datetime
    title: str
    summary: str
    author: str | None
    link: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; `name` is what its id is made of, `here` its own address, `page` that of the page it tells of."""

    name: str
    title: str
    subtitle: str
    language: str
    here: str
    page: str
    updated: datetime
    entries: tuple[FeedEntry, ...]


def written(feed: Feed) -> bytes:
    """Return a feed as XML, the same bytes for the same feed."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _texts(
        root,
        [
            ("id", stable_id(feed.name).urn),
            ("title", feed.title),
            ("subtitle", feed.subtitle),
            ("updated", _moment(feed.updated)),
        ],
    )
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.here})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _texts(SubElement(root, "author"), [("name", "Sympolity")])
    for entry in feed.entries:
        _entry(root, entry)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _entry(root: Element, entry: FeedEntry) -> None:
    element = SubElement(root, "entry")
    _texts(
        element,
        [
            ("id", stable_id(entry.name).urn),
            ("title", entry.title),
            ("updated", _moment(entry.at)),
            ("published", _moment(entry.at)),
        ],
    )
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.link})
    if entry.author is not None:
        _texts(SubElement(element, "author"), [("name", entry.author)])
    if entry.summary:
        _texts(element, [("summary", entry.summary)])


def _texts(element: Element, texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        SubElement(element, name).text = _NOT_XML.sub("\ufffd", text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
