"""What the demonstration has none of, made for the occasion: rounds in later phases, and what belongs to them."""

from collections.abc import Sequence

from service.api.agendas import NewAgenda
from service.api.amendments import NewAmendment
from service.api.examples import EXAMPLES
from service.api.recommendations import NewRecommendation
from tests.acceptance.people import Person, agenda_in, person
from tests.serving import Server

UNTIL_AMENDMENTS = ("commenting", "amending")
UNTIL_POSITIONS = (*UNTIL_AMENDMENTS, "consolidation", "endorsement")
REASON = "The texts are settled."


def begun(server: Server) -> tuple[str, str]:
    """Return a round in preparation with one recommendation, and that recommendation."""
    with person(server, "facility") as facility:
        agenda: str = facility.does("/agendas", **EXAMPLES[NewAgenda])["id"]
        text: str = facility.does(f"/agendas/{agenda}/recommendations", **EXAMPLES[NewRecommendation])["id"]
    return agenda, text


def _opened(server: Server, phases: Sequence[str]) -> tuple[str, str]:
    """Return a round in which the first city takes part, after some phases, with its one recommendation."""
    agenda, text = begun(server)
    with person(server, "city1") as city:
        organisation = city.read("/me")["mandates"][0]["organisation_id"]
    with person(server, "facility") as facility:
        facility.does(f"/agendas/{agenda}/participants", organisation_ids=[organisation])
        _opens(facility, agenda, phases)
    return agenda, text


def in_endorsement(server: Server) -> tuple[str, str]:
    """Return a round in which positions are taken, with its one recommendation; the first city takes part."""
    return _opened(server, UNTIL_POSITIONS)


def in_publication(server: Server) -> tuple[str, str]:
    """Return a round that is ready to be published, and an edition of it that waits for its signatories."""
    agenda, text = in_endorsement(server)
    with person(server, "city1") as city:
        version = city.read(f"/recommendations/{text}")["current_version"]
        stand = {"version": version["id"], "digest": version["digest"], "stance": "endorsed"}
        city.does(f"/recommendations/{text}/positions", **stand)
    with person(server, "facility") as facility:
        _opens(facility, agenda, ("publication",))
        edition: str = facility.does(f"/agendas/{agenda}/editions")["id"]
    return agenda, edition


def tabled(server: Server, recommendation: str, added: str = "It is looked at every year.") -> str:
    """Return an amendment that the first city has tabled there: a sentence more at the end of the last block."""
    with person(server, "city1") as city:
        version = city.read(f"/recommendations/{recommendation}")["current_version"]
        blocks = [dict(block) for block in city.read(f"/versions/{version['id']}")["blocks"]]
        blocks[-1] |= {"text": f"{blocks[-1]['text']} {added}", "marks": []}
        why = EXAMPLES[NewAmendment]["justification"]
        sent = {"base_version": version["id"], "blocks": blocks, "justification": why}
        amendment: str = city.does(f"/recommendations/{recommendation}/amendments", **sent)["id"]
    return amendment


def overtaken(server: Server) -> str:
    """Return an amendment of the first city, to a text that has a newer version since."""
    _, text = _opened(server, UNTIL_AMENDMENTS)
    taken_up, left = tabled(server, text, "It is reported on."), tabled(server, text)
    with person(server, "rapporteur") as rapporteur:
        rapporteur.does(f"/amendments/{taken_up}/decision", decision="accepted")
        rapporteur.does(f"/recommendations/{text}/merges", note=REASON)
    return left


def invited(server: Server, agenda: str) -> str:
    """Return the mail by which somebody was invited who takes part in a round."""
    with person(server, "facility") as facility:
        someone = facility.all(f"/agendas/{agenda}/persons")[0]
        facility.does(f"/agendas/{agenda}/invitations", person_id=someone["person_id"])
        mail: str = facility.all("/mails")[0]["id"]
    return mail


def translated(server: Server) -> tuple[str, str]:
    """Return a lesson of the demonstration, and a translation of it that the first city has written."""
    with person(server, "city1") as city:
        agenda = agenda_in(city, "amending")["id"]
        lesson = city.all(f"/agendas/{agenda}/lessons")[0]
        words = [{"id": "lesson", "text": "Prévoir l’entretien avant de construire."}]
        sent = {"language": "fr", "version_id": lesson["version"]["id"], "blocks": words}
        made: str = city.does(f"/lessons/{lesson['id']}/translations", **sent)["id"]
    return lesson["id"], made


def _opens(facility: Person, agenda: str, phases: Sequence[str]) -> None:
    for phase in phases:
        facility.does(f"/agendas/{agenda}/phase", phase=phase, reason=REASON)
