"""Pages of editions."""

import pytest

from service.domain.errors import Refusal, SealAway, SealPinRefused, StampsAway
from service.domain.phases import Phase
from service.domain.seals import KeyPlace
from service.domain.signatory_keys import KeyFault, SignatoryKey
from service.store.jobs import ATTEMPTS
from service.workflows import agendas, editions
from tests.builders import ASK, REASON, TITLE, a_position, a_released_edition, an_edition, approve
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


@pytest.fixture
def closed(world: World) -> World:
    """The world when positions are taken and publication is open."""
    for city in world.cities:
        a_position(world, by=city)
    return world.in_phase(Phase.PUBLICATION)


def test_one_assembles_another_approves_and_the_paper_comes_by_itself(site: Site, closed: World) -> None:
    facility, approver = site.acting(closed.facility), site.acting(closed.approvers[0])
    made = facility.sends(f"/agendas/{closed.agenda}/editions")
    edition = made.leads_to
    assert "Sign this edition" not in facility.opens(edition).words
    approver.sends(f"{edition}/approval", approver.opens(edition).fields("/approval"))
    assert 'http-equiv="refresh"' in approver.opens(edition).html
    assert "hx-refresh" not in approver.opens(f"{edition}/progress").headers
    closed.house.work()
    assert approver.opens(f"{edition}/progress").headers["hx-refresh"] == "true"
    page = site.visitor.opens(edition)
    assert ("Download the signed paper" in page.words, 'http-equiv="refresh"' in page.html) == (True, False)
    paper = site.client.get(f"{edition}/paper.pdf")
    assert (paper.status_code, paper.headers["content-type"], paper.content[:4]) == (
        200,
        "application/pdf",
        b"%PDF",
    )
    assert site.visitor.opens(f"/agendas/{closed.agenda}/paper").leads_to == f"{edition}/paper.pdf"


def test_who_assembled_it_cannot_approve_it(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    page = site.acting(closed.facility).sends(
        f"/editions/{edition}/approval", digest=closed.edition(edition).digest
    )
    assert page.status == 403


def test_approval_of_another_digest_is_refused(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    page = site.acting(closed.approvers[0]).sends(f"/editions/{edition}/approval", digest="0" * 64)
    assert page.status == 409


def test_edition_cannot_be_assembled_while_recommendations_are_open(site: Site, world: World) -> None:
    page = site.acting(world.facility).sends(f"/agendas/{world.agenda}/editions")
    assert (page.status, "This is not open now" in page.words) == (409, True)


def test_paper_that_is_not_made_yet_is_not_there(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    assert site.visitor.opens(f"/editions/{edition}/paper.pdf").status == 409
    assert site.visitor.opens(f"/agendas/{closed.agenda}/paper").status == 404


def test_published_agenda_is_read_where_it_is_downloaded(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    for path in (f"/agendas/{closed.agenda}/editions", f"/editions/{edition}"):
        page = site.visitor.opens(path)
        assert f'<a href="/recommendations/{closed.recommendation}" dir="auto">{TITLE}</a>' in page.html
        assert "endorsed: 4" in page.words
        assert f'href="/api/v1/editions/{edition}/snapshot" download="edition-1.json"' in page.html


def test_nothing_is_said_to_be_published_before_it_is(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    found = [
        TITLE in site.visitor.opens(path).words
        for path in (f"/agendas/{closed.agenda}/editions", f"/editions/{edition}")
    ]
    assert found == [False, False]


def test_a_further_edition_asks_what_changed_and_the_one_before_says_it_is_superseded(
    site: Site, closed: World
) -> None:
    first = a_released_edition(closed)
    facility, path = site.acting(closed.facility), f"/agendas/{closed.agenda}/editions"
    fields = facility.opens(path).fields()
    refused = facility.sends(path, fields)
    assert (refused.status, "Say what has changed, and why" in refused.words) == (422, True)
    approver = closed.approvers[0]
    second = facility.sends(path, fields, reason=REASON, signatories=[approver.person]).leads_to
    assert REASON in facility.opens(second).words
    preview = facility.opens(f"{second}/preview").words
    assert f"What is different from edition 1 {REASON} Nothing that is printed is different." in preview
    assert "Superseded" not in site.visitor.opens(f"/editions/{first}").words
    edition = second.rpartition("/")[2]
    command = editions.ApproveEdition(edition, closed.edition(edition).digest)
    editions.approve(closed.acting(approver), command)
    closed.house.work()
    page = site.visitor.opens(f"/editions/{first}")
    assert "Superseded by edition 2" in page.words
    assert f'href="{second}">Read edition 2' in page.html
    assert site.client.get(f"/editions/{first}/paper.pdf").content[:4] == b"%PDF"
    assert "superseded by edition 2" in site.visitor.opens(path).words
    assert site.visitor.opens(f"/agendas/{closed.agenda}/paper").leads_to == f"{second}/paper.pdf"


def test_a_withdrawn_edition_shows_why(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    facility, path = site.acting(closed.facility), f"/editions/{edition}"
    fields = facility.opens(path).fields("/withdrawal")
    refused = facility.sends(f"{path}/withdrawal", fields)
    assert (refused.status, "Say why it does not stand any more" in refused.words) == (422, True)
    assert facility.sends(f"{path}/withdrawal", fields, reason="The wrong text.").leads_to == path
    words = site.visitor.opens(path).words
    assert "Withdrawn on 5 January 2026: it does not stand any more The wrong text." in words
    assert "The wrong text." in site.visitor.opens(f"/agendas/{closed.agenda}/editions").words


def test_an_edition_that_is_on_its_way_can_be_withdrawn_on_its_page(site: Site, closed: World) -> None:
    path = f"/editions/{an_edition(closed, approved=True)}"
    facility = site.acting(closed.facility)
    fields = facility.opens(path).fields("/withdrawal")
    assert facility.sends(f"{path}/withdrawal", fields, reason="The wrong text.").leads_to == path
    assert "Withdraw this edition" not in facility.opens(path).words


def test_the_facility_corrects_a_published_text_on_the_page_of_the_editor(site: Site, closed: World) -> None:
    a_released_edition(closed)
    path = f"/recommendations/{closed.recommendation}"
    assert "Correct the text" not in site.acting(closed.rapporteur).opens(path).words
    assert site.acting(closed.rapporteur).opens(f"{path}/edit").status == 403
    facility = site.acting(closed.facility)
    assert "Correct the text" in facility.opens(path).words
    page = facility.opens(f"{path}/edit")
    assert "they are asked for again and the text is decided on anew" in page.words
    fields = {name: value.replace(ASK, f"{ASK} Now.") for name, value in page.fields(f"{path}/edit").items()}
    asked = facility.sends(f"{path}/edit", fields, step="save")
    assert (asked.status, "Say what is corrected, and why" in asked.words) == (422, True)
    saved = facility.sends(f"{path}/edit", fields, step="save", note=REASON)
    assert (saved.leads_to, saved.done) == (f"{path}/compare", "version_made")
    shown = facility.opens(f"/agendas/{closed.agenda}/phase/endorsement").words
    assert "Positions are taken on this text" in shown
    assert "Positions are taken on the texts that were corrected, and on no other." in shown


def test_the_facility_names_who_signs_and_everyone_reads_who_has(site: Site, closed: World) -> None:
    facility, (first, second) = site.acting(closed.facility), map(site.acting, closed.approvers)
    where = f"/agendas/{closed.agenda}/editions"
    assert facility.opens(where).html.count('name="signatories"') == 2
    none = facility.sends(where, number="1", naming="1")
    assert (none.status, "Choose at least one person who is to sign it." in none.words) == (422, True)
    ids = [member.person for member in closed.approvers]
    edition = facility.sends(where, number="1", naming="1", signatories=ids).leads_to
    first.sends(f"{edition}/approval", first.opens(edition).fields("/approval"))
    words = site.visitor.opens(edition).words
    assert "Unit one’s person" in words
    assert "It is published when everyone who is to sign it has signed." in words
    assert "Sign this edition" not in first.opens(edition).words
    second.sends(f"{edition}/approval", second.opens(edition).fields("/approval"))
    assert 'http-equiv="refresh"' in second.opens(edition).html


def test_who_declines_says_why_and_the_page_says_what_follows(site: Site, closed: World) -> None:
    facility, first = site.acting(closed.facility), site.acting(closed.approvers[0])
    ids = [member.person for member in closed.approvers]
    edition = facility.sends(f"/agendas/{closed.agenda}/editions", number="1", signatories=ids).leads_to
    digest = first.opens(edition).fields("/refusal")["digest"]
    empty = first.sends(f"{edition}/refusal", digest=digest, reason="")
    assert (empty.status, "Say what keeps you from signing" in empty.words) == (422, True)
    first.sends(f"{edition}/refusal", digest=digest, reason="The third ask is not ours.")
    words = site.visitor.opens(edition).words
    assert ("The third ask is not ours." in words, "A signatory declined to sign" in words) == (True, True)


def test_the_facility_goes_on_without_who_is_silent(site: Site, closed: World) -> None:
    facility, first = site.acting(closed.facility), site.acting(closed.approvers[0])
    ids = [member.person for member in closed.approvers]
    edition = facility.sends(f"/agendas/{closed.agenda}/editions", number="1", signatories=ids).leads_to
    first.sends(f"{edition}/approval", first.opens(edition).fields("/approval"))
    view = closed.edition(edition.rpartition("/")[2])
    silent = next(one for one in view.signatories if one.person_id == closed.approvers[1].person)
    path = f"{edition}/signatories/{silent.id}/removal"
    assert first.sends(path).status == 403
    assert facility.sends(path, facility.opens(edition).fields("/removal")).leads_to == edition
    assert 'http-equiv="refresh"' in facility.opens(edition).html
    again = facility.sends(path)
    assert again.status == 409


def test_edition_that_was_overtaken_says_so_on_its_own_page(site: Site, closed: World) -> None:
    first, second = (an_edition(closed, approved=True) for _ in range(2))
    third = an_edition(closed)
    closed.house.work()
    pages = [site.acting(closed.approvers[0]).opens(f"/editions/{one}") for one in (first, second, third)]
    said = ("It cannot be published any more", "Sign this edition", "takes a few seconds", "Superseded")
    assert [[words in page.words for words in said] for page in pages] == [
        [False] * 4,
        [True, False, False, False],
        [True, False, False, False],
    ]
    assert site.visitor.opens(f"/editions/{second}/progress").headers["HX-Refresh"] == "true"


def test_edition_whose_predecessor_was_withdrawn_says_so_on_its_own_page(site: Site, closed: World) -> None:
    first = a_released_edition(closed)
    second = an_edition(closed)
    editions.withdraw(closed.acting(closed.facility), first, "The wrong text.")
    words = site.acting(closed.approvers[0]).opens(f"/editions/{second}").words
    assert "The edition that it replaces was withdrawn after this one was assembled" in words


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (SealAway, "when the key is back"),
        (SealPinRefused, "has to set the right one; then the paper is sealed"),
    ],
)
def test_edition_that_waits_for_the_key_says_so_and_goes_on_by_itself(
    site: Site, closed: World, away: type[Refusal], said: str
) -> None:
    edition = an_edition(closed, approved=True)
    closed.house.sealer.away = away
    closed.house.work()
    page = site.visitor.opens(f"/editions/{edition}")
    found = [words in page.words for words in ("It waits for the key", said, "takes a few seconds")]
    assert (found, 'hx-trigger="every 2s"' in page.html) == ([True, True, False], True)


def test_edition_that_waits_for_the_timestamp_authority_says_so_and_goes_on_by_itself(
    site: Site, closed: World
) -> None:
    def silent(step: str) -> None:
        if step == "timestamp":
            raise StampsAway

    edition = an_edition(closed, approved=True)
    closed.house.sealer.before = silent
    closed.house.work()
    page = site.visitor.opens(f"/editions/{edition}")
    found = [words in page.words for words in ("It waits for the timestamp authority", "takes a few seconds")]
    assert (found, 'hx-trigger="every 2s"' in page.html) == ([True, False], True)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (KeyFault.AWAY, "tells the coordination facility whose it is"),
        (KeyFault.PIN_REFUSED, "then the paper is sealed, signed and published by itself"),
    ],
)
def test_edition_that_waits_for_the_key_of_a_signatory_says_so(
    site: Site, closed: World, fault: KeyFault, said: str
) -> None:
    signing = closed.approvers[0]
    edition = editions.assemble(closed.acting(closed.facility), closed.agenda, to_sign=[signing.person])
    approve(closed, edition)
    closed.house.sealer.keys = {signing.email: SignatoryKey(KeyPlace.TOKEN, fault=fault)}
    closed.house.work()
    words = site.visitor.opens(f"/editions/{edition}").words
    assert ["It waits for the key of a signatory" in words, said in words] == [True, True]


def test_edition_of_an_agenda_that_changed_since_says_what_changed_and_cannot_be_signed(
    site: Site, closed: World
) -> None:
    edition = an_edition(closed)
    command = agendas.EditAgenda(closed.agenda, closed.view.revision, headline="Another headline")
    agendas.edit(closed.acting(closed.facility), command)
    for reader in (closed.approvers[0], closed.facility):
        words = site.acting(reader).opens(f"/editions/{edition}").words
        assert "The agenda has changed since" in words
        assert "is now “Another headline”; it was" in words
        assert "Sign this edition" not in words
    assert "has changed since" not in site.visitor.opens(f"/editions/{edition}").words


def test_edition_whose_paper_was_given_up_says_who_finds_the_reason(site: Site, closed: World) -> None:
    def stop(_: str) -> None:
        raise OSError("no room on the disk")

    edition = an_edition(closed, approved=True)
    closed.house.renderer.before = stop
    for _ in range(ATTEMPTS):
        closed.house.work()
        closed.house.clock.advance(hours=1)
    page = site.visitor.opens(f"/editions/{edition}")
    said = ("The paper could not be made", "no room on the disk", "takes a few seconds")
    assert ([words in page.words for words in said], "every 2s" in page.html) == ([True, False, False], False)
