"""The API of Word documents: taking texts along, and reading what comes back."""

from io import BytesIO
from zipfile import ZipFile

from service.adapters.word.reading import paper_of
from service.domain.phases import Phase
from service.domain.text import Block, BlockKind
from service.domain.word import read
from tests.adapters.word.documents import edited
from tests.api.world import TEXT, World, codes

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_version_is_taken_along_and_its_changes_are_read_and_tabled(world: World) -> None:
    here = world.round(Phase.AMENDING)
    base = world.anyone.get(here.recommendation).json()["current_version"]
    taken = world.anyone.get(f"/versions/{base['id']}/word")
    assert (taken.headers["content-type"], taken.headers["content-disposition"]) == (
        DOCX,
        'attachment; filename="recommendation-1-version-1.docx"',
    )
    changed = edited(taken.content, ("a tenth of", "a fifth of"))
    answer = world.lakeside.post(
        f"{here.recommendation}/amendments/word", files={"file": ("../../x.docx", changed, DOCX)}
    )
    assert answer.status_code == 200
    found = answer.json()
    assert (found["base_version"], [block["text"] for block in found["blocks"]][1:]) == (
        base,
        [TEXT.replace("a tenth", "a fifth")],
    )
    assert found["remarks"] == [
        {
            "kind": "untracked_change",
            "block": 2,
            "message": "Block 2 was also changed while changes were not tracked. "
            "It is taken as it stands in your document: please check it.",
        }
    ]
    body = {"base_version": base["id"], "blocks": found["blocks"], "justification": "It lasts."}
    made = world.lakeside.post(f"{here.recommendation}/amendments", body)
    assert made.status_code == 201
    document = world.anyone.get(f"/amendments/{made.json()['id']}/word")
    assert 'filename="recommendation-1-amendment-1.docx"' in document.headers["content-disposition"]
    blocks = [Block(b["id"], BlockKind(b["kind"]), b["text"], b["level"]) for b in found["blocks"]]
    texts = [block.text for block in read(paper_of(document.content), blocks).blocks]
    assert texts == [block.text for block in blocks]


def test_a_document_comes_as_it_is_or_in_a_form(world: World) -> None:
    here = world.round(Phase.AMENDING)
    path = f"{here.recommendation}/amendments/word"
    base = world.anyone.get(here.recommendation).json()["current_version"]
    content = world.anyone.get(f"/versions/{base['id']}/word").content
    bare = world.lakeside.post(path, content=content, headers={"content-type": DOCX})
    assert (bare.status_code, [one["kind"] for one in bare.json()["remarks"]]) == (200, ["unchanged"])
    assert codes(world.lakeside.post(path, {"file": "x"})) == (415, "unsupported_media_type")
    assert codes(world.lakeside.post(path, files={"paper": ("x", b"x")})) == (400, "invalid_request")
    form = {"content-type": "multipart/form-data; boundary=x"}
    odd = b'--x\r\ncontent-disposition: form-data; name="file"\r\n\r\n\xff\r\n--x--\r\n'
    assert world.lakeside.post(path, content=odd, headers=form).status_code == 400


def test_what_is_no_document_is_refused(world: World) -> None:
    path = f"{world.round(Phase.AMENDING).recommendation}/amendments/word"
    for content in (b"", b"%PDF-", b"PK\x03\x04"):
        answer = world.lakeside.post(path, files={"file": ("x.docx", content)})
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == ["file"]


def test_a_document_of_another_recommendation_is_refused(world: World) -> None:
    here, there = world.round(Phase.AMENDING), world.round(Phase.AMENDING)
    base = world.anyone.get(there.recommendation).json()["current_version"]
    content = world.anyone.get(f"/versions/{base['id']}/word").content
    answer = world.lakeside.post(f"{here.recommendation}/amendments/word", files={"file": ("x", content)})
    assert "another recommendation" in answer.json()["errors"][0]["message"]


def test_a_document_is_read_for_those_who_may_amend(world: World) -> None:
    here = world.round(Phase.COMMENTING)
    path = f"{here.recommendation}/amendments/word"
    assert world.anyone.post(path, files={"file": ("x", b"x")}).status_code == 401
    assert codes(world.lakeside.post(path, files={"file": ("x", b"x")})) == (409, "phase_closed")


def test_documents_are_for_those_who_may_read_the_text(world: World) -> None:
    here = world.round(Phase.PREPARATION)
    base = world.facility.get(here.recommendation).json()["current_version"]
    assert codes(world.anyone.get(f"/versions/{base['id']}/word")) == (404, "unknown")
    assert codes(world.anyone.get("/amendments/nobody/word")) == (404, "unknown")
    with ZipFile(BytesIO(world.facility.get(f"/versions/{base['id']}/word").content)) as archive:
        assert archive.testzip() is None
