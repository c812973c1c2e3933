"""The whole job over HTTP, from reading to a verified PDF, on both engines, as its users would tell it."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.people import (
    Person,
    agenda_in,
    person,
    released,
    reworded,
    with_one_byte_changed,
    words,
)
from tests.serving import Server

QUORUM = 57
"""Half of the 114 cities have to take a position, as the agenda's rule says."""

BASE: dict[str, list[str]] = {"organisations": []}
"""Where a word was there from the beginning, nobody brought it."""

pytestmark = pytest.mark.slow


def test_published_agenda_is_read_downloaded_and_verified_by_anyone(server: Server) -> None:
    with person(server) as visitor:
        brussels = agenda_in(visitor, "follow_up")
        assert brussels["title"] == "Brussels 2023"
        [edition] = visitor.all(f"/agendas/{brussels['id']}/editions")
        assert edition["state"] == "released"
        paper = visitor.downloads(f"/editions/{edition['id']}/pdf")
        assert visitor.verifies(paper)["verdict"] == "valid"
        assert visitor.verifies(with_one_byte_changed(paper))["verdict"] == "broken"


def test_agenda_goes_from_an_amendment_to_a_verified_paper(server: Server, tmp_path: Path) -> None:
    with person(server) as visitor:
        barcelona = agenda_in(visitor, "amending")
        assert barcelona["title"] == "Barcelona 2024"
        round_ = Round(server, visitor, barcelona["id"])
        mine, other = round_.cities_propose_and_sign()
        round_.stakeholder_asks_about_a_phrase()
        round_.rapporteur_decides(mine, other)
        round_.rapporteur_makes_the_next_version(mine, other)
        round_.organisations_endorse_exactly_that_text()
        round_.facility_closes_the_positions()
        edition = round_.two_people_publish()
        check_paper(server, visitor, edition, tmp_path)
        round_.record_tells_it_all()


class Round:
    """One recommendation of an agenda on its way; `place` is the block that the story is about."""

    def __init__(self, server: Server, visitor: Person, agenda_id: str) -> None:
        self.server, self.visitor, self.agenda_id = server, visitor, agenda_id
        self.agenda = f"/agendas/{agenda_id}"
        listed = visitor.all(f"{self.agenda}/recommendations")
        assert [r["number"] for r in listed] == list(range(1, len(listed) + 1))
        assert len(listed) >= 12
        self.path = f"/recommendations/{listed[0]['id']}"
        self.base = self.text()
        self.place = self._calm_place()
        self.phrase = words(self.base["blocks"][self.place], 2, 6)

    def _calm_place(self) -> int:
        """Return the place of a paragraph that no amendment touches."""
        amendments = self.visitor.all(f"{self.path}/amendments")
        touched = {block for amendment in amendments for block in amendment["block_ids"]}
        blocks = enumerate(self.base["blocks"])
        return next(n for n, b in blocks if b["kind"] == "paragraph" and b["id"] not in touched)

    def text(self) -> Any:  # noqa: ANN401 - JSON
        """Return the current version."""
        current = self.visitor.read(self.path)["current_version"]
        version = self.visitor.read(f"/versions/{current['id']}")
        assert {key: version[key] for key in current} == current
        return version

    def amended(self, new: str) -> dict[str, Any]:
        """Return an amendment that puts other words in the place of the story's phrase."""
        blocks = reworded(self.base, self.place, self.phrase, new)
        return {"base_version": self.base["id"], "blocks": blocks, "justification": "It says who does what."}

    def cities_propose_and_sign(self) -> tuple[Any, Any]:
        """Two cities propose other words for the same phrase; a third puts its name under the first."""
        amendments = f"{self.path}/amendments"
        with person(self.server, "city1") as city:
            mandate = city.read("/me")["mandates"][0]
            assert set(mandate["scopes"]) == {"comment", "amend", "position"}
            mine = city.does(
                amendments,
                on_behalf_of=mandate["organisation_id"],
                **self.amended("openly shared among equals"),
            )
            assert city.is_refused(f"/amendments/{mine['id']}/signatures") == (409, "already_signed")
        with person(self.server, "city3") as city:
            other = city.does(amendments, **self.amended("kept within every town hall"))
            foreign = {"on_behalf_of": mandate["organisation_id"], **self.amended("what others do")}
            assert city.is_refused(amendments, **foreign) == (403, "foreign_organisation")
        with person(self.server, "city2") as city:
            signed = city.does(f"/amendments/{mine['id']}/signatures")
            assert [o["name"] for o in signed["organisations"]] == [
                mandate["organisation"],
                city.read("/me")["mandates"][0]["organisation"],
            ]
        assert self.visitor.is_refused(amendments, **self.amended("what else")) == (401, "sign_in_needed")
        difference = self.visitor.read(f"/amendments/{mine['id']}/diff")["proposed"]
        assert {o["operation"] for o in difference["operations"]} == {"edit"}
        assert {o["block"] for o in difference["operations"]} == {self.base["blocks"][self.place]["id"]}
        assert all(
            "openly shared among equals" in s or self.phrase.split()[0] in s for s in difference["sentences"]
        )
        return mine, other

    def stakeholder_asks_about_a_phrase(self) -> None:
        """An EU Delegation asks about the phrase, and is answered."""
        with person(self.server, "delegation") as stakeholder:
            comment = stakeholder.does(
                f"{self.path}/comments",
                text="Who is meant here?",
                block_id=self.base["blocks"][self.place]["id"],
                quotation=self.phrase,
            )
        with person(self.server, "rapporteur") as rapporteur:
            answered = rapporteur.does(
                f"/comments/{comment['id']}/replies", text="The cities that take part."
            )
        assert (answered["state"], answered["quotation"]) == ("answered", self.phrase)
        assert answered["replies"][0]["text"] == "The cities that take part."

    def rapporteur_decides(self, mine: Any, other: Any) -> None:  # noqa: ANN401 - JSON
        """The rapporteur sees that the two collide, recommends, and accepts both."""
        with person(self.server, "rapporteur") as rapporteur:
            collisions = rapporteur.all(f"{self.path}/collisions")
            pairs = {
                frozenset({c["first"]["id"], c["second"]["id"]}) for c in collisions if c["blocks_merge"]
            }
            assert frozenset({mine["id"], other["id"]}) in pairs
            decision = f"/amendments/{other['id']}/decision"
            assert rapporteur.is_refused(decision, decision="rejected") == (422, "invalid")
            rapporteur.does(f"/amendments/{mine['id']}/opinion", opinion="accept", reason="It is clearer.")
            for amendment in (mine, other):
                decided = rapporteur.does(f"/amendments/{amendment['id']}/decision", decision="accepted")
                assert decided["state"] == "accepted"
        with person(self.server, "city1") as city:
            assert city.is_refused(decision, decision="accepted") == (403, "denied")

    def rapporteur_makes_the_next_version(self, mine: Any, other: Any) -> None:  # noqa: ANN401 - JSON
        """The rapporteur says which of the two stands, previews, and makes the version that names who brought it."""
        merges = f"{self.path}/merges"
        settled = {"resolutions": [{"amendments": [mine["id"], other["id"]], "prefer": mine["id"]}]}
        with person(self.server, "rapporteur") as rapporteur:
            assert rapporteur.does(merges, preview=True)["blocks"] is None
            assert rapporteur.is_refused(merges) == (409, "open_collisions")
            preview = rapporteur.does(merges, preview=True, **settled)
            assert (preview["unresolved"], preview["blocked"]) == ([], [])
            made = rapporteur.does(merges, note="The first consolidation.", **settled)
        assert [b["text"] for b in made["blocks"]] == [b["text"] for b in preview["blocks"]]
        assert made["blocks"][self.place]["id"] == self.base["blocks"][self.place]["id"]
        assert "openly shared among equals" in made["blocks"][self.place]["text"]
        assert self.who_brought(made, "openly shared among equals") == [
            o["name"] for o in self.visitor.read(f"/amendments/{mine['id']}")["organisations"]
        ]
        assert self.visitor.read(f"/amendments/{other['id']}")["state"] == "fallen"
        with person(self.server, "city4") as city:
            late = city.is_refused(f"{self.path}/amendments", **self.amended("what comes too late"))
            assert late == (409, "stale_base")

    def who_brought(self, version: Any, phrase: str) -> list[str]:  # noqa: ANN401 - JSON
        """Return the organisations that brought a phrase of the story's block."""
        found = self.visitor.read(f"/versions/{version['id']}/provenance")
        block = version["blocks"][self.place]
        start = block["text"].index(phrase)
        runs = [
            r for r in found["blocks"][block["id"]] if r["start"] < start + len(phrase) and start < r["end"]
        ]
        origins = dict.fromkeys(origin for run in runs for origin in run["origins"])
        return [name for origin in origins for name in found["origins"].get(origin, BASE)["organisations"]]

    def organisations_endorse_exactly_that_text(self) -> None:
        """The facility moves the phase; cities endorse, one with a reservation, one objects, until the rule is met."""
        with person(self.server, "facility") as facility:
            for phase in ("consolidation", "endorsement"):
                moved = facility.does(f"{self.agenda}/phase", phase=phase, reason="The texts are settled.")
                assert moved["phase"] == phase
        version = self.text()
        text = {"version": version["id"], "digest": version["digest"]}
        positions = f"{self.path}/positions"
        with person(self.server, "city1") as city:
            assert city.is_refused(f"{self.path}/amendments", **self.amended("too late")) == (
                409,
                "phase_closed",
            )
            old = {"version": self.base["id"], "digest": self.base["digest"], "stance": "endorsed"}
            assert city.is_refused(positions, **old) == (409, "other_text")
            assert city.does(positions, stance="endorsed", **text)["counts"]
            assert city.is_refused(positions, stance="objection", **text) == (422, "invalid")
            assert city.is_refused(positions, stance="abstained", **text) == (409, "position_exists")
        with person(self.server, "city2") as city:
            reserved = {"reservation": "scrutiny", "statement": "Our council has yet to vote."}
            city.does(positions, stance="endorsed_with_reservation", **reserved, **text)
        with person(self.server, "city3") as city:
            against = {"statement": "Nobody does it alone.", "resolved_by": "The words that we proposed."}
            city.does(positions, stance="objection", **against, **text)
        missing = self.visitor.read(f"{self.path}/outcome")
        assert not missing["passed"]
        assert missing["reasons"][0] == f"needs {QUORUM - 3} more positions for the quorum"
        for number in range(4, QUORUM + 1):
            with person(self.server, f"city{number}") as city:
                city.does(positions, stance="endorsed", **text)
        outcome = self.visitor.read(f"{self.path}/outcome")
        assert outcome["passed"]
        assert outcome["reasons"] == [f"{QUORUM - 1} endorsements of 114 organisations that count"]

    def facility_closes_the_positions(self) -> None:
        """With publication, what the rule says is decided for every recommendation."""
        with person(self.server, "facility") as facility:
            facility.does(
                f"{self.agenda}/phase", phase="publication", reason="The time for positions is over."
            )
        states = [r["state"] for r in self.visitor.all(f"{self.agenda}/recommendations")]
        assert (states[0], set(states[1:])) == ("adopted", {"not_adopted"})

    def two_people_publish(self) -> Any:  # noqa: ANN401 - JSON
        """The facility assembles the edition; somebody else approves exactly that, and it is released."""
        with person(self.server, "facility") as facility:
            edition = facility.does(f"{self.agenda}/editions")
            approval = f"/editions/{edition['id']}/approval"
            assert facility.is_refused(approval, digest=edition["digest"]) == (403, "denied")
        with person(self.server, "approver") as approver:
            assert approver.is_refused(approval, digest="0" * 64) == (409, "other_text")
            approver.does(approval, digest=edition["digest"])
        found = released(self.visitor, edition["id"])
        assert self.visitor.read(self.path)["state"] == "published"
        return found

    def record_tells_it_all(self) -> None:
        """Everything stands in the record, in its order."""
        entries = self.visitor.all(f"{self.agenda}/record")
        assert [e["sequence"] for e in entries] == list(range(1, len(entries) + 1))


def test_operator_issues_a_token_that_speaks_for_its_person_as_far_as_it_goes(server: Server) -> None:
    issued = server.place.run("token", "city1@example.org", "--scope", "comment", "--days", "1")
    with server.client() as client, person(server, "city2") as neighbour:
        client.headers["Authorization"] = f"Bearer {issued.stdout.strip()}"
        city = Person(client)
        assert city.read("/me")["email"] == "city1@example.org"
        agenda = agenda_in(city, "amending")
        ask = city.all(f"/agendas/{agenda['id']}/recommendations")[0]
        comments, amendments = (
            f"/recommendations/{ask['id']}/comments",
            f"/recommendations/{ask['id']}/amendments",
        )
        assert city.does(comments, text="Who pays?")["state"] == "open"
        base = {"base_version": ask["current_version"]["id"], "justification": "Why not?"}
        blocks = [
            {"kind": "heading", "level": 1, "text": "Another title"},
            {"kind": "paragraph", "text": "Another ask."},
        ]
        assert city.is_refused(amendments, blocks=blocks, **base) == (403, "foreign_organisation")
        assert neighbour.does(amendments, blocks=blocks, **base)["state"] == "tabled"


def check_paper(server: Server, visitor: Person, edition: Any, folder: Path) -> None:  # noqa: ANN401 - JSON
    """Download an edition's paper: everyone finds it valid, and broken when one byte is changed."""
    paper = visitor.downloads(f"/editions/{edition['id']}/pdf")
    good, bad = folder / "paper.pdf", folder / "changed.pdf"
    good.write_bytes(paper)
    bad.write_bytes(with_one_byte_changed(paper))
    assert [server.place.run("verify", str(file)).returncode for file in (good, bad)] == [0, 1]
    report = visitor.verifies(paper)
    assert (report["verdict"], report["digest"]) == ("valid", edition["digest"])
    assert visitor.read(f"/editions/{edition['id']}/verification")["verdict"] == "valid"
    assert visitor.verifies(bad.read_bytes())["verdict"] == "broken"
