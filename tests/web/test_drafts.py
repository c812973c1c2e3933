"""Going on with a draft amendment."""

from tests.builders import ASK, TITLE, an_amendment, consolidated, decided
from tests.web.visitors import Site
from tests.worlds import World


def test_draft_is_kept_then_gone_on_with_then_sent(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/amend"
    fields = city.opens(path).fields("/amend")
    ask = f"text.{world.blocks['ask'].id}"
    kept = city.sends(path, fields | {ask: ASK.replace("every", "each")}, step="draft")
    assert kept.leads_to.endswith("/edit")
    draft = city.opens(kept.leads_to).fields("/edit")
    assert draft[ask] == ASK.replace("every", "each")
    check = city.sends(kept.leads_to, draft | {"justification": "Clearer."}, step="check")
    assert "Check your amendment before you send it" in check.words
    sent = city.sends(kept.leads_to, check.fields("/edit"), step="send")
    assert "Amendment 1" in city.opens(sent.leads_to).words


def test_refused_draft_comes_back_with_everything_typed(site: Site, world: World) -> None:
    draft = an_amendment(world, draft=True)
    city = site.acting(world.cities[0])
    fields = city.opens(f"/amendments/{draft}/edit").fields("/edit") | {"justification": ""}
    page = city.sends(f"/amendments/{draft}/edit", fields, step="send")
    ask = f"text.{world.blocks['ask'].id}"
    assert (page.status, page.fields("/edit")[ask]) == (422, fields[ask])


def test_draft_that_says_what_another_says_is_kept_while_the_other_is_co_signed(
    site: Site, world: World
) -> None:
    draft, other = an_amendment(world, draft=True), an_amendment(world, by=world.cities[1])
    city, path = site.acting(world.cities[0]), f"/amendments/{draft}/edit"
    fields = city.opens(path).fields("/edit") | {"justification": "In other words."}
    check = city.sends(path, fields, step="check")
    assert "Someone has proposed exactly this" in check.words
    signed = city.sends(path, check.fields("/edit"), step=f"sign.{other}")
    assert (signed.status, signed.leads_to) == (303, f"/amendments/{other}?kept={draft}")
    assert [o.name for o in world.amendment(other).organisations] == ["Vilaró", "Amara"]
    assert city.opens(path).fields("/edit")["justification"] == "In other words."
    again = city.sends(path, fields, step=f"sign.{other}")
    assert (again.status, again.fields("/edit")["justification"]) == (409, "In other words.")


def test_draft_on_an_older_text_leads_to_carrying_it_over(site: Site, world: World) -> None:
    draft = an_amendment(world, draft=True)
    decided(world, an_amendment(world, by=world.cities[1], edit={"why": "Partnerships have shown results."}))
    consolidated(world)
    assert (
        site.acting(world.cities[0]).opens(f"/amendments/{draft}/edit").leads_to
        == f"/amendments/{draft}/rebase"
    )


def test_nobody_looks_through_what_is_sent_already_as_if_it_were_a_draft(site: Site, world: World) -> None:
    amendment, draft = an_amendment(world), an_amendment(world, draft=True)
    fields = {f"text.{world.blocks['ask'].id}": ASK.replace("every", "each")}
    newcomer = site.as_person(world.newcomer)
    for step in ("preview", "check", f"sign.{amendment}"):
        page = newcomer.sends(f"/amendments/{amendment}/edit", fields, step=step)
        assert (page.status, page.leads_to) == (303, f"/amendments/{amendment}")
    assert newcomer.sends(f"/amendments/{draft}/edit", fields, step="preview").status == 404


def test_what_is_sent_already_is_not_edited(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    page = site.acting(world.cities[0]).opens(f"/amendments/{amendment}/edit")
    assert (page.status, page.leads_to) == (303, f"/amendments/{amendment}")


def test_draft_written_as_one_text_is_opened_with_all_that_it_says(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/amend"
    written = f"# {TITLE}\n\n- first\n  - second\n\n{ASK}\n"
    one = city.sends(path, city.opens(path).fields("/amend"), step="whole").fields("/amend")
    kept = city.sends(path, one, step="draft", markdown=written)
    draft = city.opens(kept.leads_to).fields("/edit")
    assert draft[f"strike.{world.blocks['why'].id}"] == "yes"
    again = city.sends(kept.leads_to, draft, step="whole").fields("/edit")
    assert again["markdown"] == written
    saved = city.sends(kept.leads_to, again, step="draft", markdown=written.replace("second", "third"))
    assert (saved.leads_to, saved.done) == (kept.leads_to, "draft_kept")
    last = city.opens(kept.leads_to).fields("/edit")
    assert "third" in [value for name, value in last.items() if name.startswith("text.")]
