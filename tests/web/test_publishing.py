"""Pages before a paper is made: the checklist, the draft, the frozen text, and the keys."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from service.domain.actors import Role
from service.domain.errors import Refusal, SealAway, SealPinRefused
from service.domain.seals import KeyPlace, SealFault, Term
from service.domain.signatory_keys import KeyFault, SignatoryKey
from service.store.tables import mandates
from service.workflows import renewing
from tests.builders import a_released_edition, an_amendment, an_edition, endorsed
from tests.counting import counting
from tests.fakes import SEAL, FakeSealer
from tests.houses import BEGINNING
from tests.web.visitors import Site
from tests.worlds import World


def test_facility_is_told_what_blocks_and_what_to_look_at(site: Site, world: World) -> None:
    an_amendment(world)
    path = f"/agendas/{world.agenda}/publication"
    page = site.acting(world.facility).opens(path)
    assert [
        said in page.words
        for said in (
            "3 things still keep the agenda from being published.",
            "1 amendment waits for a decision.",
            "1 claim is named by no evidence.",
            "Unit one’s person, Unit one",
            "Assemble edition 1",
        )
    ] == [True, True, True, True, False]
    assert [site.acting(world.cities[0]).opens(path).status, site.visitor.opens(path).status] == [403, 401]


def test_edition_is_assembled_after_a_look_at_its_draft(site: Site, world: World) -> None:
    endorsed(world)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/publication"
    page = facility.opens(path)
    assert "Nothing keeps the agenda from being published." in page.words
    assert page.fields("/editions")["number"] == "1"
    draft = facility.opens(f"{path}/preview").words
    assert ["DRAFT: this is no edition" in draft, "1. Name cities as partners" in draft] == [True, True]
    assert site.acting(world.cities[0]).opens(f"{path}/preview").status == 403


def test_who_approves_reads_exactly_what_was_frozen(site: Site, world: World) -> None:
    edition = an_edition(endorsed(world))
    approver = site.acting(world.approvers[0])
    assert f'href="/editions/{edition}/preview"' in approver.opens(f"/editions/{edition}").html
    words = approver.opens(f"/editions/{edition}/preview").words
    assert "Frozen: exactly what edition 1 prints" in words
    assert world.edition(edition).digest in words
    listed = site.acting(world.facility).opens(f"/agendas/{world.agenda}/publication").words
    assert "waits for a second person" in listed
    assert site.visitor.opens("/editions/nothing/preview").status == 404


def test_keys_are_told_to_the_facility_without_a_secret(site: Site, world: World) -> None:
    page = site.acting(world.facility).opens("/keys")
    assert [said in page.words for said in ("CN=Test seal", "PAdES-B-LTA", "A key of the demonstration")] == [
        True
    ] * 3
    assert site.house.notary.key.text in page.html.replace("&#43;", "+")
    assert [site.acting(world.cities[0]).opens("/keys").status, site.visitor.opens("/keys").status] == [
        403,
        401,
    ]


def test_publication_costs_the_same_for_three_editions_as_for_one(site: Site, world: World) -> None:
    endorsed(world)
    path, facility = f"/agendas/{world.agenda}/publication", site.acting(world.facility)
    facility.opens(path)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            an_edition(world)
        with counting(site.house) as statements:
            facility.opens(path)
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_facility_is_told_on_its_desk_and_with_the_keys_what_ends(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    desk, keys = f"/agendas/{world.agenda}/desk", "/keys"
    assert ["Papers c" in facility.opens(path).words for path in (desk, keys)] == [False, False]
    seal = replace(SEAL, demo=False, valid_until=BEGINNING + timedelta(days=13, hours=1))
    site.house.sealer = FakeSealer(seal=seal)
    told = [facility.opens(path).words for path in (desk, keys, f"/agendas/{world.agenda}/publication")]
    assert ["Papers can be sealed for 14 more days" in words for words in told] == [True, True, True]


def test_facility_is_told_why_nothing_is_published(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    site.house.sealer = FakeSealer(seal=replace(SEAL, allowed=False))
    told = [facility.opens(f"/agendas/{world.agenda}/{name}").words for name in ("desk", "publication")]
    assert ["Papers cannot be sealed with the key at hand" in words for words in told] == [True, True]
    assert "Nothing is published with it" in facility.opens("/keys").words
    edition = an_edition(endorsed(world))
    approver = site.acting(world.approvers[0])
    listed = facility.opens(f"/agendas/{world.agenda}/publication").words
    assert "Nothing keeps the agenda from being published" not in listed
    page = approver.sends(
        f"/editions/{edition}/approval", approver.opens(f"/editions/{edition}").fields("/approval")
    )
    assert (page.status, "which no one trusts, so nothing is published with it" in page.words) == (409, True)


@pytest.mark.parametrize(
    ("away", "why"),
    [(SealAway, "It cannot be reached now"), (SealPinRefused, "It is not tried again with the same PIN")],
)
def test_facility_is_told_that_the_key_is_away_and_all_else_goes_on(
    site: Site, world: World, away: type[Refusal], why: str
) -> None:
    facility = site.acting(world.facility)
    edition = an_edition(endorsed(world))
    site.house.sealer = FakeSealer(away=away)
    told = [facility.opens(f"/agendas/{world.agenda}/{name}").words for name in ("desk", "publication")]
    said = "The key that seals papers cannot be reached now, so no edition can be approved until it can."
    assert [said in words for words in told] == [True, True]
    keys = facility.opens("/keys").words
    assert [words in keys for words in (why, "once it has been reached")] == [True, True]
    approver = site.acting(world.approvers[0])
    page = approver.sends(
        f"/editions/{edition}/approval", approver.opens(f"/editions/{edition}").fields("/approval")
    )
    assert (page.status, away().message in page.words) == (503, True)
    site.house.sealer = FakeSealer(seal=replace(SEAL, away=SealFault.AWAY))
    keys = facility.opens("/keys").words
    assert [words in keys for words in ("It cannot be reached now", "CN=Test seal")] == [True, True]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"valid_until": BEGINNING - timedelta(days=1)}, "This certificate has expired."),
        (
            {"stamps_until": BEGINNING - timedelta(days=1)},
            "The certificate of the timestamp authority has expired.",
        ),
        ({"place": KeyPlace.TOKEN}, "in a device that it never leaves"),
        ({"place": KeyPlace.SERVICE}, "at a remote signing service"),
        ({"place": KeyPlace.FILE}, "in a file, opened with a passphrase"),
    ],
)
def test_keys_say_where_they_are_and_when_they_ended(
    site: Site, world: World, changed: dict[str, object], said: str
) -> None:
    site.house.sealer = FakeSealer(seal=replace(SEAL, **changed))  # type: ignore[arg-type]  # fields of it
    assert said in site.acting(world.facility).opens("/keys").words


def test_keys_tell_how_many_papers_were_not_renewed(site: Site, world: World) -> None:
    a_released_edition(endorsed(world))
    facility = site.acting(world.facility)
    told = "1 paper could not be given a fresh archive timestamp"
    assert told not in facility.opens("/keys").words

    def away(step: str) -> None:
        if step == "renew":
            raise OSError

    site.house.sealer = FakeSealer(before=away)
    renewing.ask(site.house.operator, everything=True)
    site.house.work()
    desk = f"/agendas/{world.agenda}/desk"
    assert [told in facility.opens(path).words for path in ("/keys", desk)] == [True, True]


def test_desk_and_keys_tell_of_papers_whose_timestamp_ends(site: Site, world: World) -> None:
    facility, desk = site.acting(world.facility), f"/agendas/{world.agenda}/desk"
    site.house.sealer = FakeSealer(until=BEGINNING + timedelta(days=50))
    told = []
    for _ in range(2):
        told.append(
            ["ends within 60 days, or has ended" in facility.opens(path).words for path in ("/keys", desk)]
        )
        a_released_edition(endorsed(world)) if len(told) == 1 else None
    assert told == [[False, False], [True, True]]


def test_facility_sees_beside_each_name_what_to_know_of_the_key_and_may_name_them_all_the_same(
    site: Site, world: World
) -> None:
    first, second = world.approvers
    endorsed(world)
    term = Term(BEGINNING - timedelta(days=1), BEGINNING + timedelta(days=30))
    site.house.sealer.keys = {first.email: SignatoryKey(KeyPlace.TOKEN, "ab" * 32, term)}
    facility = site.acting(world.facility)
    pages = [f"/agendas/{world.agenda}/publication", f"/agendas/{world.agenda}/editions"]
    words = [facility.opens(page).words for page in pages]
    assert ["the certificate ends on 4 February 2026" in told for told in words] == [True, True]
    assert ["no key: signs by account" in told for told in words] == [True, True]
    named = [first.person, second.person]
    made = facility.sends(pages[1], number="1", naming="1", signatories=named)
    assert [one.person_id for one in world.edition(made.leads_to.rpartition("/")[2]).signatories] == named


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (None, "no key: signs by account"),
        (SignatoryKey(KeyPlace.FILE, fault=KeyFault.SHUT), "the key cannot be opened"),
        (SignatoryKey(KeyPlace.SERVICE, fault=KeyFault.AWAY), "the key cannot be reached now"),
        (SignatoryKey(KeyPlace.TOKEN, fault=KeyFault.PIN_REFUSED), "the PIN of the key is refused"),
        (SignatoryKey(KeyPlace.TOKEN, fault=KeyFault.OF_ANOTHER), "the certificate is somebody else’s"),
        (
            SignatoryKey(KeyPlace.TOKEN, "ab" * 32, Term(BEGINNING - timedelta(days=9), BEGINNING)),
            "the certificate is not in force",
        ),
        (
            SignatoryKey(KeyPlace.TOKEN, "ab" * 32, Term(BEGINNING, BEGINNING + timedelta(days=400))),
            "in a device that it never leaves, opened with a PIN · Valid 5 January 2026 – 9 February 2027",
        ),
    ],
)
def test_keys_tell_who_signs_with_which(
    site: Site, world: World, key: SignatoryKey | None, said: str
) -> None:
    keys = {one.email: key for one in world.approvers if key is not None}
    site.house.sealer.keys = keys
    words = site.acting(world.facility).opens("/keys").words
    assert (words.count(said), f"{world.approvers[1].name}’s person" in words) == (2, True)


def test_keys_say_what_to_do_where_nobody_may_sign_yet(site: Site, world: World) -> None:
    with world.house.database.engine.begin() as connection:
        connection.execute(delete(mandates).where(mandates.c.role == Role.SIGNATORY))
    assert "Nobody holds a mandate to approve yet." in site.acting(world.facility).opens("/keys").words
