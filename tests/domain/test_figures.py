"""An edition in figures."""

from dataclasses import replace

from service.domain.figures import statistics
from tests.adapters.editions import an_edition

EDITION = an_edition(asks=2, organisations=6, amendments=5, lessons=2)


def test_the_figures_count_what_the_edition_holds() -> None:
    found = statistics(EDITION)

    assert (found.recommendations, found.adopted, found.lessons, found.evidence) == (2, 2, 2, 5)
    assert (found.organisations, found.partnerships, found.countries) == (6, 3, 5)
    assert found.regions == (("Africa", 2), ("Asia and the Pacific", 2), ("Europe", 2))
    assert found.kinds == (("city", 6),)
    assert found.amendments == 10
    assert found.comments == 212
    assert sum(count for _, count in found.amendment_states) == 10


def test_the_tally_counts_each_stance_and_those_who_said_nothing() -> None:
    ask = EDITION.recommendations[0]
    tally = statistics(EDITION).tallies[0]

    counted = {word: sum(one.stance == word for one in ask.positions) for word, _ in tally.stances[:-1]}
    assert dict(tally.stances[:-1]) == counted
    assert tally.stance("no_record") == 6 - len(ask.positions)
    assert tally.decided("accepted", "accepted_modified") == 2


def test_a_piece_of_evidence_counts_once_however_often_it_is_used() -> None:
    first, second = EDITION.recommendations
    (piece, *_) = first.evidence
    asks = (
        replace(first, evidence=(piece,)),
        replace(second, evidence=(replace(piece, number=2, blocks=()), replace(piece, number=3, page="15"))),
    )
    assert statistics(replace(EDITION, recommendations=asks, lessons=())).evidence == 2


def test_an_empty_edition_has_figures_too() -> None:
    found = statistics(an_edition(asks=0, organisations=0, lessons=0))

    assert (found.recommendations, found.amendments, found.stances, found.tallies) == (0, 0, (), ())


def test_only_countries_that_have_a_name_are_counted() -> None:
    first, *others = EDITION.organisations
    for described in ("a partner country", ""):
        organisations = (replace(first, country=described), *others)
        assert statistics(replace(EDITION, organisations=organisations)).countries == 0


def test_those_are_heard_whose_amendments_or_positions_are_printed() -> None:
    ask = EDITION.recommendations[0]
    amendment, position = ask.amendments[0], ask.positions[0]
    quiet = replace(
        ask,
        amendments=(replace(amendment, organisations=("org0001", "org0002")),),
        positions=(replace(position, organisation="org0002"), replace(position, organisation="gone")),
    )
    assert statistics(replace(EDITION, recommendations=(quiet,))).heard == 2
