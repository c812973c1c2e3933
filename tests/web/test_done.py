"""What is said after something was done: by every form that leads on, and in which place."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.handlers import HTTPRouteHandler

from service import web
from service.domain.amendments import AmendmentState
from service.web.done import Done, leading_to, named_in, said
from service.web.languages import known
from tests.builders import an_amendment
from tests.house.source import ROOT, calls_in, parsed
from tests.web.visitors import Site
from tests.worlds import World

ANOTHER_PAGE = "Response[NoneType]"
ENTERS = "It opens the page that was asked for, as whoever came in."
SILENT = {
    "/sign-in": ENTERS,
    "/sign-in/link": ENTERS,
    "/sign-in/passkey": ENTERS,
    "/language": "The page stays as it is, in another language.",
    "/mail/{mail_id:str}/link": "It follows a link, as from the mail itself.",
}
"""The forms that lead on and say nothing, each with why."""
PARTLY = {
    "/amendments/{amendment_id:str}/edit": "What was sent has a receipt; a text that moved on is brought along.",
    "/recommendations/{recommendation_id:str}/amend": "What was sent has a receipt.",
}
"""The forms of which some steps lead to a page that says by itself what was done."""
LEADS = {
    "/agendas/new": "ROUND_OPENED",
    "/agendas/{agenda_id:str}/deadline": "DEADLINE_SET",
    "/agendas/{agenda_id:str}/draft-paper": "DRAFT_PAPER_ASKED",
    "/agendas/{agenda_id:str}/edit": "ROUND_CHANGED",
    "/agendas/{agenda_id:str}/editions": "ASSEMBLED",
    "/agendas/{agenda_id:str}/evidence": "EVIDENCE_ADDED",
    "/agendas/{agenda_id:str}/lessons": "LESSON_PROPOSED",
    "/agendas/{agenda_id:str}/order": "ORDER_CHANGED",
    "/agendas/{agenda_id:str}/participants/invitations": "INVITATION_WITHDRAWN INVITED",
    "/agendas/{agenda_id:str}/participants/new": "PERSON_ADDED",
    "/agendas/{agenda_id:str}/phase/{phase:str}": "PHASE_OPENED",
    "/agendas/{agenda_id:str}/recommendations/new": "DRAFT_BEGUN",
    "/agendas/{agenda_id:str}/reminder": "REMINDED",
    "/agendas/{agenda_id:str}/review": "REVIEWED SEEN",
    "/agendas/{agenda_id:str}/review/views": "VIEW_KEPT",
    "/agendas/{agenda_id:str}/timetable": "TIMETABLE_SET",
    "/agendas/{agenda_id:str}/undo": "PHASE_TAKEN_BACK",
    "/amendments/{amendment_id:str}/decision": "DECIDED REOPENED STEP_TAKEN",
    "/amendments/{amendment_id:str}/edit": "CO_SIGNED DRAFT_KEPT",
    "/amendments/{amendment_id:str}/opinion": "ADVISED",
    "/amendments/{amendment_id:str}/rebase": "CARRIED_OVER",
    "/amendments/{amendment_id:str}/review": (
        "ADVISED_NEXT COMMENTED_NEXT DECIDED_NEXT LAST_REVIEWED SEEN_NEXT STEP_TAKEN"
    ),
    "/amendments/{amendment_id:str}/signatures": "CO_SIGNED",
    "/amendments/{amendment_id:str}/withdrawal": "WITHDRAWN",
    "/assessments/{assessment_id:str}/withdrawal": "ASSESSMENT_WITHDRAWN",
    "/comments/{comment_id:str}/place": "COMMENT_PLACED",
    "/comments/{comment_id:str}/replies": "ANSWERED",
    "/comments/{comment_id:str}/resolution": "COMMENT_REOPENED COMMENT_SETTLED",
    "/editions/{edition_id:str}/approval": "APPROVED SIGNED",
    "/editions/{edition_id:str}/refusal": "DECLINED",
    "/editions/{edition_id:str}/signatories/{signatory_id:str}/removal": "SIGNATORY_TAKEN_OFF",
    "/editions/{edition_id:str}/withdrawal": "EDITION_WITHDRAWN",
    "/jobs/{job_id:str}/retry": "TRIED_AGAIN",
    "/evidence/{evidence_id:str}/correction": "CORRECTED",
    "/lessons/{lesson_id:str}/correction": "CORRECTED",
    "/lessons/{lesson_id:str}/rank": "LESSON_MOVED",
    "/lessons/{lesson_id:str}/shortlist": "LESSON_LISTED LESSON_TAKEN_OFF",
    "/lessons/{lesson_id:str}/translate": "TRANSLATION_SAVED",
    "/mail/{mail_id:str}/retry": "TRIED_AGAIN",
    "/mandates/{mandate_id:str}/document": "DOCUMENT_KEPT",
    "/mandates/{mandate_id:str}/passing-on": "MANDATE_PASSED_ON",
    "/mandates/{mandate_id:str}/revocation": "MANDATE_REVOKED",
    "/me/accounts/{account_id:str}/unlink": "ACCOUNT_UNLINKED",
    "/me/keys": "CHOICE_SAVED",
    "/me/language": "CHOICE_SAVED",
    "/me/notifications": "CHOICE_SAVED",
    "/me/notifications/read": "NEWS_SEEN",
    "/me/passkeys/made": "PASSKEY_ADDED",
    "/me/passkeys/{passkey_id:str}/remove": "PASSKEY_REMOVED",
    "/me/sessions/end-all": "SIGNED_OUT",
    "/me/sessions/{session_id:str}/end": "SESSION_ENDED",
    "/me/tokens/{token_id:str}/revoke": "TOKEN_REVOKED",
    "/me/visits": "NEWS_SEEN",
    "/positions/{position_id:str}/confirmation": "POSITION_TAKEN",
    "/positions/{position_id:str}/withdrawal": "POSITION_WITHDRAWN",
    "/recommendations/{recommendation_id:str}/amend": "CO_SIGNED DRAFT_KEPT",
    "/recommendations/{recommendation_id:str}/assess": "ASSESSED",
    "/recommendations/{recommendation_id:str}/comment": "COMMENTED",
    "/recommendations/{recommendation_id:str}/consolidate": "VERSION_MADE",
    "/recommendations/{recommendation_id:str}/deciding-order": "DECIDED",
    "/recommendations/{recommendation_id:str}/edit": "VERSION_MADE",
    "/recommendations/{recommendation_id:str}/letter": "LETTER_ENTERED",
    "/recommendations/{recommendation_id:str}/look": "READ",
    "/recommendations/{recommendation_id:str}/position": "POSITION_TAKEN",
    "/recommendations/{recommendation_id:str}/tabling": "RECOMMENDATION_TABLED",
    "/recommendations/{recommendation_id:str}/translate": "TRANSLATION_SAVED",
    "/recommendations/{recommendation_id:str}/withdrawal": "RECOMMENDATION_WITHDRAWN",
    "/review-views/{view_id:str}": "VIEW_CHANGED",
    "/review-views/{view_id:str}/deletion": "VIEW_DELETED",
    "/sign-out": "SIGNED_OUT",
    "/translations/{translation_id:str}/approval": "TRANSLATION_APPROVED TRANSLATION_REOPENED",
    "/translations/{translation_id:str}/edit": "TRANSLATION_SAVED",
    "/unsent/discard": "DISCARDED",
    "/webhook-messages/{message_id:str}/retry": "TRIED_AGAIN",
    "/webhooks/{webhook_id:str}/state": "WEBHOOK_OFF WEBHOOK_ON WEBHOOK_TESTED",
}
"""What is said after each form that leads on to a page."""


def forms() -> Iterator[tuple[str, Path, str]]:
    """Return each form that leads on: its address, the module that takes it, and the function there."""
    for module in vars(web).values():
        for handler in vars(module).values() if inspect.ismodule(module) else ():
            # Read from the modules, for a router tells of its handlers only once they are mounted.
            if isinstance(handler, HTTPRouteHandler) and leads_on(handler):
                file = Path(inspect.getfile(handler.fn)).relative_to(ROOT)
                yield next(iter(handler.paths)), file, handler.fn.__name__


def leads_on(handler: HTTPRouteHandler) -> bool:
    """Tell whether it takes a form and can answer with another address."""
    return "POST" in handler.http_methods and ANOTHER_PAGE in str(
        inspect.signature(handler.fn).return_annotation
    )


def reached(file: Path, name: str) -> list[ast.stmt]:
    """Return a function of a module, and of the same module all that it makes use of, through however many names."""
    there = {
        named: node
        for node in (*parsed(Path("service/web/done.py")).body, *parsed(file).body)
        for named in names_of(node)
    }
    found, waiting = dict[str, ast.stmt](), [name]
    while waiting:
        at = waiting.pop()
        if at in there and at not in found:
            found[at] = there[at]
            waiting += [node.id for node in ast.walk(there[at]) if isinstance(node, ast.Name)]
    return list(found.values())


def names_of(node: ast.stmt) -> tuple[str, ...]:
    """Return what a statement of a module gives a name to."""
    if isinstance(node, ast.FunctionDef):
        return (node.name,)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return tuple(target.id for target in targets if isinstance(target, ast.Name))
    return ()


def said_by(file: Path, name: str) -> str:
    """Return what a form's function can say to be done."""
    return " ".join(
        sorted(
            {
                node.attr
                for one in reached(file, name)
                for node in ast.walk(one)
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Done"
            }
        )
    )


def leads_on_silently(file: Path, name: str) -> bool:
    """Tell whether a form's function can lead on to a page that says nothing."""
    calls = [(called, call) for one in reached(file, name) for called, call in calls_in(one)]
    return any(called == "admit" or (called == "see_other" and len(call.args) < 2) for called, call in calls)


def test_every_form_that_leads_on_says_what_was_done() -> None:
    found = {path: said_by(file, name) for path, file, name in forms()}
    assert {path: said for path, said in found.items() if said} == LEADS
    assert {path for path, said in found.items() if not said} == set(SILENT)


def test_every_page_that_a_form_leads_to_without_a_word_is_a_named_exception() -> None:
    assert {path for path, file, name in forms() if leads_on_silently(file, name)} == {*SILENT, *PARTLY}


def test_everything_that_can_be_said_is_said_somewhere() -> None:
    # An account is linked when somebody comes back from elsewhere, by a link.
    said = {name for names in LEADS.values() for name in names.split()} | {"ACCOUNT_LINKED"}
    assert said == set(Done.__members__)


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/me", "/me?done=seen.2"),
        ("/me?", "/me?done=seen.2"),
        ("/me#news", "/me?done=seen.2#news"),
        ("/a?state=any&", "/a?state=any&done=seen.2"),
        ("/a?done=decided&state=any#x", "/a?state=any&done=seen.2#x"),
        ("/a?state=any&done=decided.3", "/a?state=any&done=seen.2"),
    ],
)
def test_address_tells_what_was_done_last(path: str, there: str) -> None:
    assert leading_to(path, said(Done.SEEN, 2)) == there


def test_sentence_counts_where_it_tells_how_many() -> None:
    english = known()["en"]
    told = [Done.DECIDED.told(english, 2), Done.SEEN.told(english, 1), Done.DISCARDED.told(english, None)]
    assert told == [
        "2 amendments are decided. Each decision is in the record, and the authors learn of it.",
        "1 amendment is marked as seen.",
        "What you typed is discarded.",
    ]


@pytest.mark.parametrize(
    "written", ["", "nothing", "value", "decided.x", "DECIDED", "decided.12345678", "<b>"]
)
def test_unknown_name_says_nothing(site: Site, world: World, written: str) -> None:
    page = site.acting(world.cities[0]).opens_after("/help", written)
    assert (named_in(written), 'id="done"' in page.html) == (
        (None, None),
        False,
    )


def test_language_buttons_do_not_lead_back_to_what_was_done(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    sent = city.sends("/me/notifications", city.opens("/me/notifications").fields("/notifications"))
    shown = city.opens(sent.lands_on)
    assert ('id="done"' in shown.html, shown.fields("/language")["back"]) == (True, "/me/notifications")


def test_address_without_the_mark_of_the_session_says_nothing(site: Site, world: World) -> None:
    city, other = site.acting(world.cities[0]), site.acting(world.cities[1])
    form = city.opens("/me/notifications").fields("/notifications")
    sent = city.sends("/me/notifications", form)
    bare, marked = sent.tells, sent.lands_on
    forged = marked.replace("choice_saved", "discarded")
    told = [
        'id="done"' in who.opens(path).html
        for who, path in ((city, marked), (city, bare), (city, forged), (other, marked))
    ]
    assert (bare, told) == ("/me/notifications?done=choice_saved", [True, False, False, False])
    assert 'id="done"' not in site.visitor.opens("/help?done=discarded").html


def test_whoever_has_signed_out_is_told_and_whoever_is_signed_in_is_not(site: Site, world: World) -> None:
    readers = (site.visitor, site.acting(world.cities[0]))
    assert ['id="done"' in reader.opens("/?done=signed_out").html for reader in readers] == [True, False]


def test_refused_page_says_nothing_of_what_was_done(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    page = city.opens_after("/amendments/01J9ZC5V7N8Q4T2X6B3D0KMRWA", said(Done.DECIDED))
    assert (page.status, 'id="done"' in page.html) == (404, False)


def test_notice_stands_first_and_has_the_focus(site: Site, world: World) -> None:
    amendment, city = an_amendment(world), site.acting(world.cities[1])
    page = city.opens(f"/amendments/{amendment}")
    sent = city.sends(f"/amendments/{amendment}/signatures", page.fields("/signatures"))
    shown = city.opens(sent.lands_on).html
    main = shown.partition('<main id="main"')[2]
    assert (sent.done, shown.count('id="done"')) == ("co_signed", 1)
    assert main.index('id="done" role="status" tabindex="-1" autofocus') < main.index("<h1")


def test_decision_leads_to_the_next_one_and_the_last_to_the_next_version(site: Site, world: World) -> None:
    one, two = (
        an_amendment(world, edit={"ask": words}) for words in ("We ask for a desk.", "We ask for one.")
    )
    rapporteur = site.acting(world.rapporteur)

    def decides(amendment: str, action: str) -> str:
        sent = rapporteur.sends(
            f"/amendments/{amendment}/decision", action=action, reason="It is clearer.", step="decide"
        )
        return rapporteur.opens(sent.lands_on).html.partition('id="done"')[2].partition("</div>")[0]

    first = decides(one, "accept")
    assert (f'href="/amendments/{two}#decide"' in first, "Make the next version" in first) == (True, False)
    second = decides(two, "reject")
    assert f'href="/recommendations/{world.recommendation}/consolidate"' in second
    assert world.amendment(two).state is AmendmentState.REJECTED
    elsewhere = site.acting(world.cities[0]).opens_after(f"/amendments/{one}", said(Done.DECIDED)).html
    assert 'id="done"' in elsewhere
    assert "Make the next version" not in elsewhere
