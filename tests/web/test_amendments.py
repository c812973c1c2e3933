"""Pages of an amendment."""

from service.domain.amendments import AmendmentState
from service.domain.comments import CommentKind
from service.workflows import amendments_carried
from service.workflows.comments import PostComment, post
from tests.builders import ASK, WHY, a_compromise, an_amendment, consolidated, decided
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def test_co_signing_puts_the_name_beside_the_author(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    other = site.acting(world.cities[1])
    sent = other.sends(
        f"/amendments/{amendment}/signatures", other.opens(f"/amendments/{amendment}").fields("/signatures")
    )
    assert (sent.status, sent.leads_to) == (303, f"/amendments/{amendment}")
    page = other.opens(sent.leads_to)
    assert ("2 organisations stand behind it Amara, Vilaró" in page.words, "Co-sign this" in page.words) == (
        True,
        False,
    )


def test_signing_twice_is_refused_with_the_reason_on_the_page(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    page = site.acting(world.cities[0]).sends(
        f"/amendments/{amendment}/signatures", organisation_id=world.cities[0].organisation
    )
    assert (page.status, "Amara has already signed this amendment." in page.words) == (409, True)


def test_buttons_are_those_that_the_reader_may_press(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    words = ("Co-sign this amendment", "Withdraw it", "Your recommendation as rapporteur", "Decision")
    readers = {
        "visitor": site.visitor,
        "author": site.acting(world.cities[0]),
        "other": site.acting(world.cities[1]),
        "rapporteur": site.acting(world.rapporteur),
        "outsider": site.as_person(world.newcomer),
    }
    shown = {
        who: [word in reader.opens(f"/amendments/{amendment}").words for word in words]
        for who, reader in readers.items()
    }
    assert shown == {
        "visitor": [False, False, False, False],
        "author": [False, True, False, False],
        "other": [True, False, False, False],
        "rapporteur": [False, False, True, True],
        "outsider": [False, False, False, False],
    }


def test_withdrawing_is_asked_about_once_more_with_who_loses_it(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    path = f"/amendments/{amendment}"
    other, author = site.acting(world.cities[1]), site.acting(world.cities[0])
    other.sends(f"{path}/signatures", other.opens(path).fields("/signatures"))
    page = author.opens(f"{path}/withdrawal")
    assert "Withdraw Amendment 1?" in page.words
    assert "1 other organisation stands behind it, and loses it with you. Vilaró" in page.words
    assert (other.opens(f"{path}/withdrawal").status, site.visitor.opens(f"{path}/withdrawal").status) == (
        200,
        401,
    )
    assert author.sends(f"{path}/withdrawal", page.fields("/withdrawal")).leads_to == path
    assert "It is decided or withdrawn already." in author.opens(f"{path}/withdrawal").words


def test_an_amendment_is_discussed_on_its_own_page(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    path, comment = f"/amendments/{amendment}", f"/recommendations/{world.recommendation}/comment"
    other = site.acting(world.cities[1])
    assert "Nobody has said anything about it yet." in other.opens(path).words
    fields = other.opens(path).fields("/comment")
    empty = other.sends(comment, fields)
    assert (empty.status, empty.fields("/comment")["amendment_id"]) == (422, amendment)
    sent = other.sends(comment, fields | {"text": "Why two?"})
    assert sent.leads_to.startswith(f"{path}#c-")
    page = site.visitor.opens(path)
    assert "Why two? Vilaró" in page.words
    thread = site.visitor.opens(f"/comments/{sent.leads_to.partition('#c-')[2]}")
    assert f'href="{path}#discussion"' in thread.html
    assert "Why two?" not in site.visitor.opens(f"/recommendations/{world.recommendation}").words


def test_a_draft_is_discussed_by_its_organisation_alone(site: Site, world: World) -> None:
    draft = an_amendment(world, draft=True)
    city = site.acting(world.cities[0])
    comment = f"/recommendations/{world.recommendation}/comment"
    fields = city.opens(f"/amendments/{draft}").fields("/comment")
    refused = city.sends(comment, fields | {"text": "Ours?", "audience": "everyone"})
    assert (refused.status, "Only your organisation sees a draft" in refused.words) == (422, True)
    assert city.sends(comment, fields | {"text": "Ours?"}).status == 303
    assert "only your organisation reads this" in city.opens(f"/amendments/{draft}").words


def test_withdrawn_amendment_stays_readable(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    author = site.acting(world.cities[0])
    assert author.sends(f"/amendments/{amendment}/withdrawal").leads_to == f"/amendments/{amendment}"
    assert "withdrawn" in site.visitor.opens(f"/amendments/{amendment}").words


def test_rejection_without_a_reason_comes_back_beside_the_field(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    page = site.acting(world.rapporteur).sends(
        f"/amendments/{amendment}/decision", action="reject", reason=""
    )
    assert (page.status, page.words.count("Give the reason: the authors and every reader will see it.")) == (
        422,
        2,
    )
    assert 'value="reject" checked' in page.html


def test_acceptance_with_other_words_takes_the_words_typed(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    ask = world.blocks["ask"].id
    rapporteur = site.acting(world.rapporteur)
    rapporteur.sends(
        f"/amendments/{amendment}/decision",
        {f"text.{ask}": ASK.replace("a contact", "one contact or two")},
        action="accept_modified",
        reason="Softer.",
        step="decide",
    )
    page = site.visitor.opens(f"/amendments/{amendment}")
    assert world.amendment(amendment).state is AmendmentState.ACCEPTED_MODIFIED
    assert ("accepted with changes" in page.words, "Softer." in page.words) == (True, True)


def test_opinion_is_kept_apart_from_the_decision(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    site.acting(world.rapporteur).sends(
        f"/amendments/{amendment}/opinion", opinion="accept", opinion_reason="It is clearer."
    )
    view = world.amendment(amendment)
    assert (view.state, view.opinion, view.opinion_reason) == (
        AmendmentState.TABLED,
        "accept",
        "It is clearer.",
    )


def test_amendment_on_an_older_text_is_carried_over(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    decided(world, an_amendment(world, by=world.cities[1], edit={"why": f"{WHY} Often."}))
    consolidated(world)
    author = site.acting(world.cities[0])
    assert "The text has moved on since" in author.opens(f"/amendments/{amendment}").words
    fields = author.opens(f"/amendments/{amendment}/rebase").fields()
    assert author.sends(f"/amendments/{amendment}/rebase", fields).leads_to == f"/amendments/{amendment}"
    view = world.amendment(amendment)
    assert (view.stale, view.rebased, view.base_version.number) == (False, 1, 2)


def test_list_is_narrowed_by_the_address(site: Site, world: World) -> None:
    an_amendment(world)
    decided(world, an_amendment(world, by=world.cities[1], edit={"why": f"{WHY} Often."}))
    path = f"/agendas/{world.agenda}/amendments"
    found = {
        query: [f"Amendment {n}" in site.visitor.opens(f"{path}?{query}").words for n in (1, 2)]
        for query in (
            "",
            "state=tabled",
            "state=accepted",
            f"organisation={world.cities[1].organisation}",
            "state=nonsense",
        )
    }
    assert list(found.values()) == [[True, True], [True, False], [False, True], [False, True], [True, True]]


def test_another_organisations_draft_is_not_there(site: Site, world: World) -> None:
    draft = an_amendment(world, draft=True)
    assert site.acting(world.cities[1]).opens(f"/amendments/{draft}").status == 404
    assert site.acting(world.cities[0]).opens(f"/amendments/{draft}").status == 200


def test_acceptance_with_other_words_keeps_new_and_struck_out_paragraphs(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path, ask, why = (
        f"/recommendations/{world.recommendation}/amend",
        world.blocks["ask"].id,
        world.blocks["why"].id,
    )
    fields = city.opens(path).fields("/amend")
    fields |= {f"new.{ask}": "A new one.", f"strike.{why}": "yes", "justification": "Shorter."}
    amendment = city.sends(path, fields, step="send").leads_to.split("/")[2]
    rapporteur = site.acting(world.rapporteur)
    decision = rapporteur.opens(f"/amendments/{amendment}").fields("/decision")
    decision |= {f"new.{ask}": "Another one.", "action": "accept_modified", "reason": "Better said."}
    rapporteur.sends(f"/amendments/{amendment}/decision", decision, step="decide")
    decided_blocks = world.amendment(amendment).decided_blocks or ()
    assert [block.text for block in decided_blocks] == [world.blocks["title"].text, ASK, "Another one."]


def test_nobody_decides_on_a_wording_that_the_page_did_not_show(site: Site, world: World) -> None:
    amendment = an_amendment(world, edit={"why": "Partnerships have shown results."})
    rapporteur, path = site.acting(world.rapporteur), f"/amendments/{amendment}"
    shown = rapporteur.opens(path).fields("/decision")
    decided(world, an_amendment(world, by=world.cities[1]))
    consolidated(world)
    amendments_carried.carry_over(world.acting(world.cities[0]), amendments_carried.CarryOver(amendment))
    refused = rapporteur.sends(f"{path}/decision", shown, action="accept", step="decide")
    assert (refused.status, "Someone else changed this in the meantime." in refused.words) == (412, True)
    again = rapporteur.sends(f"{path}/decision", refused.fields("/decision"), action="accept", step="decide")
    assert (again.status, world.amendment(amendment).state) == (303, AmendmentState.ACCEPTED)


def test_three_comments_cost_as_many_queries_as_one(site: Site, world: World) -> None:
    amendment = an_amendment(world)

    def comment() -> None:
        asking = PostComment(
            world.recommendation,
            world.cities[1].organisation,
            CommentKind.GENERAL,
            "Why?",
            amendment_id=amendment,
        )
        post(world.acting(world.cities[1]), asking)

    def cost() -> int:
        with counting(site.house) as statements:
            site.acting(world.cities[0]).opens(f"/amendments/{amendment}")
        return len(statements)

    comment()
    one = cost()
    comment()
    comment()
    assert cost() == one


def test_decision_is_looked_at_before_it_is_taken(site: Site, world: World) -> None:
    covered = an_amendment(world)
    compromise = a_compromise(world, covered, by=world.cities[1])
    rapporteur, path = site.acting(world.rapporteur), f"/amendments/{compromise}"
    page = rapporteur.sends(f"{path}/decision", rapporteur.opens(path).fields("/decision"), action="accept")
    assert (page.status, world.amendment(compromise).state) == (200, AmendmentState.TABLED)
    assert "Nothing is decided yet." in page.words
    assert "This one falls at once, as the compromise covers it Amendment 1 (Amara)" in page.words
    assert "Version 2, as it would be" in page.words
    assert rapporteur.sends(f"{path}/decision", page.fields("/decision"), step="decide").leads_to == path
    assert world.amendment(covered).state is AmendmentState.FALLEN


def test_decision_that_was_looked_at_may_be_changed(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    rapporteur, path = site.acting(world.rapporteur), f"/amendments/{amendment}/decision"
    page = rapporteur.sends(path, action="reject", reason="It is said already.")
    assert "The text stays as it is in version 1." in page.words
    back = rapporteur.sends(path, page.fields("/decision"), step="edit")
    assert (back.status, 'value="reject" checked' in back.html) == (200, True)
    assert back.fields("/decision")["reason"] == "It is said already."


def test_words_of_a_decision_are_carried_through_the_check(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    rapporteur, path = site.acting(world.rapporteur), f"/amendments/{amendment}/decision"
    words = {f"text.{world.blocks['ask'].id}": ASK.replace("a contact", "one contact or two")}
    page = rapporteur.sends(path, words, action="accept_modified", reason="Softer.")
    assert "added: or two" in page.words
    rapporteur.sends(path, page.fields("/decision"), step="decide")
    assert world.amendment(amendment).state is AmendmentState.ACCEPTED_MODIFIED


def test_reason_is_told_in_the_language_that_its_author_named(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    rapporteur, path = site.acting(world.rapporteur), f"/amendments/{amendment}"
    fields = rapporteur.opens(path).fields("/decision") | {"action": "reject", "reason": "C'est dit déjà."}
    page = rapporteur.sends(f"{path}/decision", fields, language="fr")
    rapporteur.sends(f"{path}/decision", page.fields("/decision"), step="decide")
    assert '<span lang="fr" dir="auto">C&#39;est dit déjà.</span>' in rapporteur.opens(path).html


def test_reason_of_the_house_is_told_in_the_language_of_the_reader(site: Site, world: World) -> None:
    covered = an_amendment(world)
    decided(world, a_compromise(world, covered, by=world.cities[1]))
    visitor = site.visitor
    visitor.headers = {"accept-language": "fr"}
    words = visitor.opens(f"/amendments/{covered}").words
    assert "Il est couvert par l’amendement de compromis 2, qui a été accepté." in words


def test_steps_on_the_way_are_taken_at_once(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    path = f"/amendments/{amendment}/decision"
    assert site.acting(world.rapporteur).sends(path, action="examine").status == 303
    assert site.acting(world.cities[0]).sends(path, action="reject", reason="No.").status == 403
