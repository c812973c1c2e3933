"""The whole job through the pages, in a real browser, with script and without, as its users would tell it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.acceptance.people import Person, agenda_in, person, with_one_byte_changed, words
from tests.browser.window import Window, signs_in, window
from tests.serving import Server

QUORUM = 57
"""Half of the 114 cities have to take a position, as the agenda's rule says."""

NEW, OTHER = "openly shared among equals", "kept within every town hall"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_agenda_goes_from_an_amendment_to_a_verified_paper_on_the_pages(
    browser: Browser, own_server: Server, tmp_path: Path, *, script: bool
) -> None:
    with person(own_server) as reader:
        told = Story(browser, own_server, reader, script=script)
        told.visitor_reads_both_agendas(tmp_path)
        mine = told.city_proposes("city1", NEW)
        told.another_city_signs(mine)
        other = told.city_proposes("city3", OTHER)
        told.stakeholder_asks_about_a_phrase()
        told.rapporteur_accepts(mine, other)
        told.rapporteur_makes_the_next_version(mine)
        told.facility_opens("consolidation", "endorsement")
        told.organisations_take_positions()
        told.facility_opens("publication")
        told.two_people_publish(tmp_path)


class Story:
    """One recommendation of Barcelona on its way; `place` is the block that the story is about, from 0."""

    def __init__(self, browser: Browser, server: Server, reader: Person, *, script: bool) -> None:
        self.browser, self.server, self.reader, self.script = browser, server, reader, script
        self.agenda = f"/agendas/{agenda_in(reader, 'amending')['id']}"
        ask = reader.all(f"{self.agenda}/recommendations")[0]
        self.ask = f"/recommendations/{ask['id']}"
        version = reader.read(f"/versions/{ask['current_version']['id']}")
        amended = {b for a in reader.all(f"{self.ask}/amendments") for b in a["block_ids"]}
        self.place, self.block = next(
            (n, block)
            for n, block in enumerate(version["blocks"])
            if block["kind"] == "paragraph" and block["id"] not in amended
        )
        self.phrase = words(self.block, 2, 6)

    @contextmanager
    def at(self, who: str = "", page: str = "/") -> Iterator[Window]:
        """Open a window on a page, signed in if somebody is named."""
        with window(self.browser, self.server.address, script=self.script) as opened:
            if who:
                signs_in(opened, who, page)
            else:
                opened.goes_to(page)
            yield opened

    def visitor_reads_both_agendas(self, folder: Path) -> None:
        """A visitor reads Barcelona's amendments with their differences, and Brussels' signed paper."""
        with self.at() as visitor:
            assert "Amendments are open" in visitor.reads()
            visitor.follows("Open Barcelona 2024")
            with visitor.turns_page():
                visitor.page.locator("ol.list h3 a").first.click()
            visitor.follows("Read Amendment")
            assert visitor.page.locator("main ins, main del").count() > 0
            visitor.follows("Sympolity")
            paper = visitor.page.get_by_role("link", name="The signed paper (PDF)").first
            check_paper(visitor, visitor.fetches(paper.get_attribute("href") or ""), folder)

    def city_proposes(self, who: str, new: str) -> str:
        """A city changes a phrase, sees the difference before sending, and is told what is missing."""
        with self.at(who, self.ask) as city:
            city.follows("Propose an amendment")
            field = city.page.get_by_label(f"Block {self.place + 1}", exact=True)
            field.fill(self.block["text"].replace(self.phrase, new, 1))
            if not self.script:
                city.presses("Preview")
            added = city.page.locator("#difference ins")
            added.first.wait_for()
            assert any(new in words for words in added.all_inner_texts())
            city.presses("Check your answers")
            assert "Please look at this again" in city.reads()
            assert new in field.input_value()
            if self.script:
                city.is_accessible()
            city.page.get_by_label("Why?").fill("It says who does what.")
            city.presses("Check your answers")
            assert "It says who does what." in city.reads()
            assert ("already touch" in city.reads()) is (who != "city1")
            if self.script:
                city.is_accessible()
            city.presses("Send the amendment")
            assert "Your amendment is sent" in city.reads()
            city.follows("See your amendment")
            return city.page.url.removeprefix(self.server.address)

    def another_city_signs(self, amendment: str) -> None:
        """A neighbour puts its name under the amendment, once."""
        with self.at("city2", amendment) as city:
            city.presses("Co-sign this amendment")
            assert "2 organisations stand behind it" in city.reads()
            assert city.page.get_by_role("button", name="Co-sign this amendment").count() == 0

    def stakeholder_asks_about_a_phrase(self) -> None:
        """Headquarters ask about the phrase; words that are not in the block are refused, and kept."""
        with self.at("intpa", self.ask) as stakeholder:
            stakeholder.follows(f"Comment on block {self.place + 1}")
            stakeholder.page.get_by_label("Or copy the exact words here").fill("words that are not there")
            stakeholder.page.get_by_label("Your comment").fill("Who is meant here?")
            stakeholder.presses("Send the comment")
            assert stakeholder.page.get_by_label("Your comment").input_value() == "Who is meant here?"
            stakeholder.page.get_by_label("Or copy the exact words here").fill(self.phrase)
            stakeholder.presses("Send the comment")
            assert stakeholder.page.locator("mark").inner_text() == self.phrase

    def rapporteur_accepts(self, *amendments: str) -> None:
        """The rapporteur sees which amendments collide, and accepts both."""
        with self.at("rapporteur", f"{self.ask}/collisions") as rapporteur:
            for amendment in amendments:
                assert rapporteur.page.locator(f"main a[href='{amendment}']").count() > 0
            for amendment in amendments:
                rapporteur.goes_to(amendment)
                decision = rapporteur.page.locator("form[action$='/decision']")
                decision.locator("[name=action][value=accept]").check()
                with rapporteur.turns_page():
                    decision.get_by_role("button", name="Look at what it brings").click()
                assert "Nothing is decided yet." in rapporteur.reads()
                rapporteur.presses("Take this decision")
                assert "accepted" in rapporteur.reads()

    def rapporteur_makes_the_next_version(self, mine: str) -> None:
        """The rapporteur decides which of the two stands, looks at the next version, and makes it."""
        number = self.reader.read(mine)["number"]
        authors = [organisation["name"] for organisation in self.reader.read(mine)["organisations"]]
        with self.at("rapporteur", f"{self.ask}/consolidate") as rapporteur:
            make = rapporteur.page.locator("button[value=make]")
            assert make.count() == 0
            rapporteur.page.get_by_label(f"Amendment {number} prevails").first.check()
            rapporteur.presses("Show the next version with these choices")
            added = rapporteur.page.locator(".redline ins").all_inner_texts()
            assert any(NEW in words for words in added)
            if self.script:
                rapporteur.is_accessible()
            with rapporteur.turns_page():
                make.click()
            assert "The next version is made." in rapporteur.reads()
            assert "/compare" in rapporteur.page.url
            rapporteur.goes_to(f"{self.ask}/provenance")
            assert " and ".join(authors) in rapporteur.reads()

    def facility_opens(self, *phases: str) -> None:
        """The facility opens one phase after the other, and says why."""
        with self.at("facility", self.agenda) as facility:
            for phase in phases:
                with facility.turns_page():
                    facility.page.locator(f"a[href$='/phase/{phase}']").click()
                facility.page.get_by_label("Why now?").fill("Everyone was heard.")
                with facility.turns_page():
                    facility.page.locator("main form button.button").click()
                assert facility.page.url.partition("?")[0].endswith(self.agenda)

    def organisations_take_positions(self) -> None:
        """Cities endorse, with a reservation, and object; the page says what is missing, and then that it passes."""
        self._takes("city1", "endorsed")
        self._takes(
            "city2", "endorsed_with_reservation", reservation="scrutiny", statement="We have yet to vote."
        )
        self._takes("city3", "objection", statement="Too open.", resolved_by="Our words.")
        with self.at(page=self.ask) as visitor:
            assert "The rule for adoption is not met yet" in visitor.reads()
            assert f"{QUORUM - 3} more positions for the quorum" in visitor.reads()
        version = self.reader.read(self.ask)["current_version"]
        for number in range(4, QUORUM + 1):
            with person(self.server, f"city{number}") as city:
                city.does(
                    f"{self.ask}/positions",
                    version=version["id"],
                    digest=version["digest"],
                    stance="endorsed",
                )
        with self.at(page=self.ask) as visitor:
            assert "The rule for adoption is met" in visitor.reads()

    def _takes(self, who: str, stance: str, reservation: str = "", **said: str) -> None:
        """Take a position; what its stance calls for is asked for first."""
        with self.at(who, self.ask) as city:
            city.follows("Take a position")
            form = city.page.locator("main form")
            chosen = form.locator(f"[name=stance][value={stance}]")
            chosen.check()
            if said:
                city.presses("Check your answers")
                assert chosen.is_checked()
            for name, value in said.items():
                form.locator(f"[name={name}]").fill(value)
            if reservation:
                form.locator("[name=reservation]").select_option(reservation)
            city.presses("Check your answers")
            city.presses("Send the position")
            assert stance.replace("_", " ").capitalize() in city.reads()

    def two_people_publish(self, folder: Path) -> None:
        """The facility assembles the edition; others sign it, each on their own; then its paper can be checked."""
        with self.at("facility", f"{self.agenda}/editions") as facility:
            facility.presses("Assemble an edition")
            assert "when everyone who is to sign it has signed" in facility.reads()
            assert facility.page.locator("form[action$='/approval']").count() == 0
            edition = facility.page.url.removeprefix(self.server.address)
        with self.at("signatory", edition) as signatory:
            signatory.presses("Sign this edition")
            assert "when everyone who is to sign it has signed" in signatory.reads()
        with self.at("approver", edition) as signatory:
            signatory.presses("Sign this edition")
            paper = signatory.page.get_by_role("link", name="Download the signed paper (PDF)")
            paper.wait_for(timeout=60_000)
            signatory.looks()
            content = signatory.fetches(paper.get_attribute("href") or "")
        with self.at() as visitor:
            check_paper(visitor, content, folder)


def check_paper(opened: Window, paper: bytes, folder: Path) -> None:
    """Let the page check a paper, and the same paper with one byte changed."""
    good, bad = folder / "paper.pdf", folder / "changed.pdf"
    good.write_bytes(paper)
    bad.write_bytes(with_one_byte_changed(paper))
    opened.goes_to("/verify")
    for file, verdict in ((good, "This file is genuine and unchanged."), (bad, "Do not trust this file")):
        opened.page.get_by_label("The file").set_input_files(file)
        with opened.turns_page():
            opened.page.locator("main form[enctype] button").click()
        opened.page.get_by_role("heading", name=verdict).wait_for()
        if opened.script:
            opened.is_accessible()
