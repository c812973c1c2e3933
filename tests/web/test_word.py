"""Working in Word: taking a text along, handing it in, and going on in the form."""

from service.adapters.word.reading import paper_of
from service.domain.amendments import AmendmentAction
from service.domain.text import Block
from service.domain.word import read
from tests.adapters.word.documents import edited
from tests.builders import ASK, WHY, an_amendment, consolidated, decided
from tests.counting import counting
from tests.web.visitors import Page, Site, Visitor
from tests.worlds import World

OLD = "a contact for city partnerships in every country."


def taken(visitor: Visitor, path: str) -> bytes:
    """Download a document."""
    answer = visitor.client.get(path, headers=visitor._sent())
    assert answer.status_code == 200
    return answer.content


def path_of(world: World) -> str:
    return f"/recommendations/{world.recommendation}"


def tracked(content: bytes, new: str) -> bytes:
    """Put other words at the end of the ask, as a word processor tracks them."""
    old = f'<w:t xml:space="preserve">{ASK}</w:t></w:r>'
    kept = ASK.removesuffix(OLD)
    change = (
        f'<w:t xml:space="preserve">{kept}</w:t></w:r><w:del w:id="901" w:author="x"><w:r><w:delText '
        f'xml:space="preserve">{OLD}</w:delText></w:r></w:del><w:ins w:id="902" w:author="y"><w:r>'
        f"<w:t>{new}</w:t></w:r></w:ins>"
    )
    return edited(content, (old, change))


def handed_in(site: Site, world: World, content: bytes) -> tuple[Visitor, Page]:
    city = site.acting(world.cities[0])
    return city, city.hands_in(f"{path_of(world)}/amend/word", "file", content)


def texts(content: bytes, blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in read(paper_of(content), blocks).blocks]


def test_pages_lead_to_word_and_back(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), path_of(world)
    assert f'href="{path}/amend/word"' in city.opens(path).html
    assert f'href="{path}/amend/word"' in city.opens(f"{path}/amend").html
    page = city.opens(f"{path}/amend/word")
    assert (page.status, f'href="{path}/versions/1/word"' in page.html) == (200, True)
    assert sorted(page.fields("/amend/word")) == ["csrf", "file"]
    assert f'href="{path}/versions/1/word"' in site.visitor.opens(path).html
    assert f'href="{path}/versions/1/word"' in site.visitor.opens(f"{path}/versions/1").html


def test_an_amendment_written_in_word_is_checked_and_sent(site: Site, world: World) -> None:
    content = tracked(taken(site.visitor, f"{path_of(world)}/versions/1/word"), "one contact each.")
    city, page = handed_in(site, world, content)
    assert (page.status, "Your document was read Nothing is saved yet." in page.words) == (200, True)
    fields = page.fields("/amend")
    assert fields[f"text.{world.blocks['ask'].id}"] == ASK.removesuffix(OLD) + "one contact each."
    assert "removed: a added: one contact" in page.words.partition("As others will see it")[2]
    fields["justification"] = "It is clearer."
    checked = city.sends(f"{path_of(world)}/amend", fields, step="check")
    assert "Check your amendment before you send it" in checked.words
    sent = city.sends(f"{path_of(world)}/amend", checked.fields("/amend"), step="send")
    amendment_id = sent.leads_to.split("/")[2]
    assert [block.text for block in world.amendment(amendment_id).blocks][1] == fields[
        f"text.{world.blocks['ask'].id}"
    ]


def test_an_amendment_is_taken_along_with_its_changes_tracked(site: Site, world: World) -> None:
    amendment_id = an_amendment(world, edit={"ask": f"{ASK} Now."})
    assert f'href="/amendments/{amendment_id}/word"' in site.visitor.opens(f"/amendments/{amendment_id}").html
    content = taken(site.visitor, f"/amendments/{amendment_id}/word")
    assert texts(content, world.text.blocks) == [b.text for b in world.amendment(amendment_id).blocks]
    _, page = handed_in(site, world, content)
    assert page.fields("/amend")[f"text.{world.blocks['ask'].id}"] == f"{ASK} Now."


def test_what_was_not_understood_is_told_beside_the_form(site: Site, world: World) -> None:
    content = taken(site.visitor, f"{path_of(world)}/versions/1/word")
    _, page = handed_in(site, world, edited(content, (WHY, f"{WHY} &lt;b&gt;Really.")))
    assert "Block 3 was also changed while changes were not tracked." in page.words
    assert "&lt;b&gt;Really." in page.html
    _, page = handed_in(site, world, content)
    assert "Your document says the same as the version it was made from." in page.words


def test_a_document_of_an_earlier_version_is_carried_over(site: Site, world: World) -> None:
    content = tracked(taken(site.visitor, f"{path_of(world)}/versions/1/word"), "one contact each.")
    amendment_id = an_amendment(world, edit={"why": f"{WHY} Every year."})
    decided(world, amendment_id, AmendmentAction.ACCEPT)
    consolidated(world)
    _, page = handed_in(site, world, content)
    assert (page.status, "The text has moved on while you wrote" in page.words) == (409, True)
    assert "Your document was made from version 1; version 2 is the current one." in page.words
    fields = page.fields("/amend")
    assert (fields[f"text.{world.blocks['ask'].id}"], fields[f"text.{world.blocks['why'].id}"]) == (
        ASK.removesuffix(OLD) + "one contact each.",
        f"{WHY} Every year.",
    )


def test_a_document_that_does_not_say_its_version_is_compared_with_the_current_one(
    site: Site, world: World
) -> None:
    content = taken(site.visitor, f"{path_of(world)}/versions/1/word")
    digest = world.text.digest
    forged = edited(content, (digest, "0" * 64), part="docProps/custom.xml")
    _, page = handed_in(site, world, forged)
    assert "does not say from which version it was made, so it is compared with version 1." in page.words
    unknown = edited(content, (f">{world.version}<", ">nothing<"), part="docProps/custom.xml")
    assert "so it is compared with version 1." in handed_in(site, world, unknown)[1].words


def test_what_cannot_be_read_is_refused_beside_the_field(site: Site, world: World) -> None:
    for content, words in (
        (b"%PDF-1.7", "This is no Word document."),
        (b"", "Choose the document that you want to hand in."),
        (b"PK\x03\x04", "This document is damaged."),
    ):
        _, page = handed_in(site, world, content)
        assert (page.status, words in page.words) == (422, True)


def test_a_paragraph_that_is_too_long_is_shown_with_what_is_wrong(site: Site, world: World) -> None:
    content = taken(site.visitor, f"{path_of(world)}/versions/1/word")
    _, page = handed_in(site, world, edited(content, (WHY, "word " * 5_000)))
    assert (page.status, "at most 20000 fit into one paragraph" in page.words) == (422, True)
    assert "was also changed while changes were not tracked" in page.words


def test_who_may_not_amend_hands_nothing_in(site: Site, world: World) -> None:
    path = f"{path_of(world)}/amend/word"
    assert site.visitor.opens(path).status == 401
    assert site.visitor.hands_in(path, "file", b"x").status in {401, 403}
    assert site.as_person(world.newcomer).opens(path).status == 403
    assert site.as_person(world.newcomer).hands_in(path, "file", b"x").status == 403


def test_documents_that_are_not_there(site: Site, world: World) -> None:
    assert site.visitor.opens(f"{path_of(world)}/versions/9/word").status == 404
    assert site.visitor.opens("/amendments/nobody/word").status == 404


def test_a_draft_is_taken_along_by_its_own_organisation_alone(site: Site, world: World) -> None:
    draft = an_amendment(world, draft=True)
    assert site.visitor.opens(f"/amendments/{draft}/word").status == 404
    city = site.acting(world.cities[0])
    assert "recommendation-1-amendment-draft.docx" in str(
        city.client.get(f"/amendments/{draft}/word", headers=city._sent()).headers
    )


def test_the_page_takes_the_same_statements_however_many_amendments_there_are(
    site: Site, world: World
) -> None:
    content = taken(site.visitor, f"{path_of(world)}/versions/1/word")
    made = []
    for _ in range(2):
        an_amendment(world, edit={"why": f"{WHY} More."})
        tries = []
        for _ in range(2):
            with counting(site.house) as statements:
                handed_in(site, world, content)
            tries.append(len(statements))
        # Now and then a thread comes to the database for the first time, and asks it a little more.
        made.append(min(tries))
    assert made[0] == made[1]
