"""An edition as one HTML file."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from service.domain.renditions import Courtesy
from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.web.rendition_html import may_lead, policy, style
from service.web.renditions import HouseRenditions
from tests.adapters.editions import an_edition
from tests.domain.renditions.made import a_courtesy, facts_of
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"
SMALL = an_edition(asks=1, organisations=3, amendments=4, lessons=1)
HOUSE = HouseRenditions("")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }} %(title)s {0} &amp; &#0;",
    "\u202etxet sdrawkcab",
    "a\x00b\x07c",
)


def file_of(language: str = "", offered: tuple[Courtesy, ...] = ()) -> str:
    return HOUSE.html(SMALL, facts_of(SMALL), language, offered)


def without_style(file: str) -> str:
    bare = re.sub(r"<style>.*?</style>", "<style></style>", file, flags=re.DOTALL)
    return re.sub(r"sha256-[^&]*", "sha256-…", bare).replace("><", ">\n<")


def rules_of(element: html.HtmlElement) -> Iterator[str]:
    """Yield what a reader of the file's structure would stumble over."""
    ids = element.xpath("//@id")
    yield from (f"id {one} twice" for one in ids if ids.count(one) > 1)
    yield from (
        f"{one} leads nowhere" for one in element.xpath("//a/@href") if one[0] == "#" and one[1:] not in ids
    )
    yield from (f"label {one} is nowhere" for one in element.xpath("//@aria-labelledby") if one not in ids)
    yield from (
        f"a table without {one}"
        for one in ("caption", "thead")
        for _ in element.xpath(f"//table[not({one})]")
    )
    yield from ("a head without scope" for _ in element.xpath("//th[not(@scope)]"))
    levels = [int(one.tag[1]) for one in element.xpath("//h1|//h2|//h3|//h4")]
    yield from (f"h{b} after h{a}" for a, b in pairwise(levels) if b > a + 1)


def test_the_file_stays_as_it_is() -> None:
    assert_golden(GOLDEN / "edition.html", without_style(file_of()))


@pytest.mark.parametrize("language", ["", "fr", "ar"])
def test_its_structure_is_whole(language: str) -> None:
    offered = tuple(a_courtesy(SMALL.recommendations[0], tag) for tag in ("ar", "fr"))
    read = html.document_fromstring(file_of(language, offered))
    landmarks = [len(read.xpath(f"//body/{name}")) for name in ("header", "nav", "main", "aside")]
    assert (landmarks, len(read.xpath("//h1")), list(rules_of(read))) == ([1, 1, 1, 1], 1, [])


def test_it_needs_nothing_else_and_may_load_nothing_but_its_own_style() -> None:
    read = html.document_fromstring(file_of())
    assert read.xpath("//script|//link|//img|//iframe|//object|//form|//@style|//@src") == []
    digest = b64encode(hashlib.sha256(read.xpath("//style")[0].text.encode()).digest()).decode()
    assert read.xpath("//meta[@http-equiv]/@content") == [policy()]
    assert policy() == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert [word for word in ("url(", "@import", "</") if word in style()] == []


def test_its_style_knows_no_left_and_right() -> None:
    sides = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|text-align:\s*(?:left|right)", style()
    )
    assert sides == []


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_looks_like_markup_stays_text(text: str) -> None:
    block = Block("b", BlockKind.PARAGRAPH, text, marks=(Mark(MarkKind.LINK, 0, 3, "javascript:alert(1)"),))
    ask = replace(
        SMALL.recommendations[0],
        title=text,
        addressee=text,
        theme=text,
        due=text,
        blocks=(block, block, block),
    )
    snapshot = replace(
        SMALL, title=text, programme=text, editor=text, language=text[:9], recommendations=(ask,)
    )
    file = HOUSE.html(snapshot, facts_of(snapshot), "")
    read = html.document_fromstring(file)
    plain = html.document_fromstring(file_of())
    assert {one.tag for one in read.iter()} <= {one.tag for one in plain.iter()} | {"bdi"}
    assert [name for name in read.xpath("//@*/..") if any(key.startswith("on") for key in name.keys())] == []  # noqa: SIM118 - not a dict
    assert [href for href in read.xpath("//a/@href") if not may_lead(href)] == []
    assert "".join(read.xpath("//h1")[0].itertext()) == text.replace("\x00", "").replace("\x07", "")


def test_passages_say_their_language_and_have_a_direction_of_their_own() -> None:
    courtesy = a_courtesy(SMALL.recommendations[0], "ar", b1="أدرجوا التعاون")
    read = html.document_fromstring(file_of("ar", (courtesy,)))
    assert (read.get("lang"), read.get("dir")) == ("ar", "rtl")
    title = read.xpath("//section[@id='recommendation-1']/h2/span[2]/span")[0]
    assert (title.text, dict(title.attrib)) == ("أدرجوا التعاون", {"dir": "auto"})
    original = read.xpath("//details//h4")[0]
    assert [dict(one.attrib) for one in original] == [{"lang": "en", "dir": "auto"}]


def test_words_that_come_and_go_are_said_to_who_hears_them() -> None:
    read = html.document_fromstring(file_of())
    heard = {
        one.tag: one[0].text
        for one in read.xpath("//table[@class='columns']//ins|//table[@class='columns']//del")
    }
    assert heard == {"ins": "added: ", "del": "removed: "}


def test_signs_in_the_matrix_are_heard_as_words() -> None:
    read = html.document_fromstring(file_of())
    cells = {"".join(one.itertext()) for one in read.xpath("//table[@class='matrix']//td")}
    assert cells <= {
        "●endorsed", "◐endorsed with reservation", "○no objection", "◆objection", "□abstained", "×recused",
        "–no record",
    }  # fmt: skip
