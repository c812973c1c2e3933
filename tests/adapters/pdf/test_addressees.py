from dataclasses import replace

from service.adapters.pdf.render import render
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition
from tests.adapters.pdf.reading import Node, read


def chapter(tree: Node) -> Node:
    """Return the chapter of what each addressee is asked."""
    return next(
        sect
        for sect in tree.every("Sect")
        if any("What each addressee is asked to do" in head.text for head in sect.every("H2"))
    )


def test_each_addressee_finds_what_it_is_asked_in_full_and_by_when() -> None:
    edition = an_edition(asks=5, organisations=1, amendments=0, lessons=0)
    third = edition.recommendations[2]
    failed = replace(third, due="", outcome=replace(third.outcome, passed=False))
    mixed = replace(
        edition, recommendations=(*edition.recommendations[:2], failed, *edition.recommendations[3:])
    )

    sect = chapter(read(render(mixed, an_approval(), verify_url=VERIFY_URL)))

    assert [head.text.strip() for head in sect.every("H3")] == [
        "EU Delegations",
        "Cities",
        "Other actors",
        "EU headquarters",
    ]
    assert [[label.text.strip() for label in listed.every("Lbl")] for listed in sect.every("L")] == [
        ["1", "5"],
        ["2"],
        ["3"],
        ["4"],
    ]
    notes = [list(body.every("P"))[-1].text.strip() for body in sect.every("LBody")]
    assert notes == ["By the 2024 mid-term review"] * 3 + ["Not adopted", "By the 2024 mid-term review"]
    assert [" ".join(link.text.split()) for link in sect.every("Link")] == [
        edition.recommendations[0].ask
    ] * 5
