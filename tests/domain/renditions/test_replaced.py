"""The section of a further edition that says what it changes."""

from dataclasses import replace

from service.domain.corrigenda import Corrigendum
from service.domain.publication import Snapshot
from tests.adapters.editions import a_corrected_edition, an_edition
from tests.domain.renditions.made import rendered
from tests.domain.renditions.trees import section, told


def corrigendum_of(edition: Snapshot) -> Corrigendum:
    assert edition.corrigendum is not None
    return edition.corrigendum


def test_a_corrected_edition_says_what_it_replaces_and_why_and_every_difference() -> None:
    edition = a_corrected_edition(asks=1)

    said = told(section(rendered(edition), "changes"))

    assert said[:7] == [
        "Annex H",
        "What is different from edition 1",
        (
            "This edition replaces edition 1 of 2024-03-15. "
            "The paper of that one stays readable and can still be checked."
        ),
        f"Digest of its agenda: {corrigendum_of(edition).digest}",
        "Why",
        *corrigendum_of(edition).reason.splitlines(),
    ]
    assert {"Edition 1", "Edition 2", *(one.what for one in corrigendum_of(edition).changes)} <= set(said[7:])


def test_an_edition_that_was_withdrawn_and_differs_in_nothing_says_so() -> None:
    edition = a_corrected_edition(asks=1)
    bare = replace(corrigendum_of(edition), withdrawn=True, reason="A wrong seal.", changes=())

    said = told(section(rendered(replace(edition, corrigendum=bare)), "changes"))

    assert said[4:] == [
        "Edition 1 was withdrawn before.",
        "Why",
        "A wrong seal.",
        "Nothing that is printed is different.",
    ]


def test_a_first_edition_has_no_such_section() -> None:
    assert "changes" not in [one.anchor for one in rendered(an_edition(asks=1)).sections]
