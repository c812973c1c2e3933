"""The API of editions and verifications: from the assembled agenda to a checked, signed PDF."""

import hashlib

import pytest

from service.domain.phases import Phase
from service.store.identity import Identity
from service.workflows import jobs
from tests.api.test_positions import position
from tests.api.world import Round, World, codes, fields


def decided(world: World) -> Round:
    """Return a round in publication, its one recommendation adopted."""
    here = world.round(Phase.ENDORSEMENT)
    for city in (world.lakeside, world.harbour):
        assert city.post(f"{here.recommendation}/positions", position(here)).status_code == 201
    here.move(Phase.PUBLICATION)
    return here


def test_an_edition_is_assembled_when_all_is_decided(world: World) -> None:
    early = world.round()
    assert codes(world.facility.post(f"{early.agenda}/editions")) == (409, "phase_closed")
    here = decided(world)
    assert codes(world.lakeside.post(f"{here.agenda}/editions")) == (403, "denied")
    answer = world.facility.post(f"{here.agenda}/editions")
    assert answer.status_code == 201
    made = answer.json()
    assert (made["number"], made["state"], made["own"]) == (1, "assembled", True)
    assert made == world.facility.get(answer.headers["location"]).json()
    snapshot = world.anyone.get(f"{answer.headers['location']}/snapshot")
    assert hashlib.sha256(snapshot.content).hexdigest() == made["digest"]
    assert [e["id"] for e in world.anyone.get(f"{here.agenda}/editions").json()["items"]] == [made["id"]]


def test_an_edition_is_approved_by_someone_else_who_has_read_it(world: World) -> None:
    here = decided(world)
    answer = world.facility.post(f"{here.agenda}/editions")
    path, digest = answer.headers["location"], {"digest": answer.json()["digest"]}
    assert codes(world.facility.post(f"{path}/approval", digest)) == (403, "denied")
    assert codes(world.lakeside.post(f"{path}/approval", digest)) == (403, "denied")
    assert codes(world.approver.post(f"{path}/approval", {"digest": "0" * 64})) == (409, "other_text")
    assert fields(world.approver.post(f"{path}/approval", {"digest": "0"})) == ["digest"]
    assert codes(world.anyone.get(f"{path}/pdf")) == (409, "not_released")
    assert codes(world.anyone.get(f"{path}/verification")) == (409, "not_released")
    assert fields(world.facility.post(f"{path}/withdrawal", {"reason": " "})) == ["reason"]
    withdrawn = world.facility.post(f"{path}/withdrawal", {"reason": "A mistake."}).json()
    assert (withdrawn["state"], withdrawn["withdrawn_because"]) == ("withdrawn", "A mistake.")
    assert codes(world.approver.post(f"{path}/approval", digest)) == (409, "illegal_move")


@pytest.mark.slow
def test_a_released_edition_is_a_pdf_that_checks_and_shows_every_change(world: World) -> None:
    here = decided(world)
    answer = world.facility.post(f"{here.agenda}/editions")
    path, digest = answer.headers["location"], answer.json()["digest"]
    approved = world.approver.post(f"{path}/approval", {"digest": digest})
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    while jobs.work_once(world.house.context(Identity(operator=True))):
        pass
    shown = world.anyone.get(path).json()
    assert shown["state"] == "released"
    paper = world.anyone.get(f"{path}/pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.headers["content-disposition"] == 'attachment; filename="advocacy-agenda-edition-1.pdf"'
    assert hashlib.sha256(paper.content).hexdigest() == shown["file_digest"]
    again = world.anyone.get(f"{path}/pdf", headers={"If-None-Match": paper.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    raw = {"content-type": "application/pdf"}
    as_body = world.anyone.post("/verifications", content=paper.content, headers=raw)
    as_form = world.anyone.post(
        "/verifications", files={"file": ("../../x.pdf", paper.content, "application/pdf")}
    )
    assert (as_body.json()["verdict"], as_body.json()["digest"]) == ("valid", digest)
    assert as_form.json() == as_body.json()
    kept = world.anyone.get(f"{path}/verification").json()
    told = as_body.json()
    words = {"sentences", "findings"}
    assert {k: v for k, v in told.items() if k not in words} == {
        k: v for k, v in kept.items() if k not in words
    }
    assert [one["text"] for one in told["findings"]] == told["sentences"]
    (found,) = world.anyone.get(f"/verifications?code={digest[:8]}").json()["items"]
    assert (found["id"], found["standing"], found["report"]) == (shown["id"], "stands", told)
    assert world.anyone.get(f"/verifications?code={shown['file_digest']}").json()["items"] == [found]
    assert world.anyone.get(f"/verifications?code={found['code']}").json() == {"items": [found], "next": None}
    changed = bytearray(paper.content)
    changed[len(changed) // 2] ^= 1
    answer = world.anyone.post("/verifications", content=bytes(changed), headers=raw)
    assert (answer.status_code, answer.json()["verdict"]) == (200, "broken")


def test_what_nobody_published_is_not_found_by_a_code_and_what_is_no_code_is_refused(world: World) -> None:
    nothing = world.anyone.get(f"/verifications?code={'00' * 32}")
    assert nothing.json() == {"items": [], "next": None}
    assert codes(world.anyone.get("/verifications?code=hello")) == (422, "invalid")
    assert fields(world.anyone.get("/verifications?code=hello")) == ["code"]
    assert codes(world.anyone.get("/verifications")) == (400, "invalid_request")


def test_the_roots_that_a_check_elsewhere_has_to_trust_are_handed_out(world: World) -> None:
    answer = world.anyone.get("/verifications/roots")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-pem-file")
    assert answer.content == world.house.sealer.roots()


def test_an_edition_before_its_release_is_found_without_a_report(world: World) -> None:
    here = decided(world)
    made = world.facility.post(f"{here.agenda}/editions").json()
    (found,) = world.anyone.get(f"/verifications?code={made['digest']}").json()["items"]
    assert (found["standing"], found["file_digest"], found["superseded_by"], found["report"]) == (
        "not_released",
        None,
        None,
        None,
    )


@pytest.mark.parametrize("file", [b"", b"not a pdf", b"%PDF-1.7\n<script>alert(1)</script>"])
def test_a_file_that_is_no_edition_is_told_so(world: World, file: bytes) -> None:
    answer = world.anyone.post("/verifications", content=file, headers={"content-type": "application/pdf"})
    assert answer.status_code == 200
    assert answer.json()["verdict"] in {"unknown", "unsigned"}
    assert answer.json()["sentences"]


def test_a_file_comes_as_pdf_or_in_a_form(world: World) -> None:
    as_json = world.anyone.post("/verifications", {"file": "x"})
    assert codes(as_json) == (415, "unsupported_media_type")
    nameless = world.anyone.post("/verifications", files={"paper": ("x.pdf", b"x")})
    assert (codes(nameless), fields(nameless)) == ((400, "invalid_request"), ["file"])
    words = {"content-type": "multipart/form-data; boundary=x"}
    text = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nwords\r\n--x--\r\n'
    assert fields(world.anyone.post("/verifications", content=text, headers=words)) == ["file"]


def test_a_form_of_20000_parts_or_of_nothing_but_line_ends_is_refused(world: World) -> None:
    form = {"content-type": "multipart/form-data; boundary=x"}
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    for body in (part * 20_000 + b"--x--\r\n", b"\r\n" * 2_500_000, b"--x", b""):
        answer = world.anyone.post("/verifications", content=body, headers=form)
        assert (codes(answer)[0] // 100, answer.elapsed.total_seconds() < 2) == (4, True)


def test_a_file_over_the_limit_is_refused_unread(world: World) -> None:
    body = b"%PDF" + bytes(31 * 1024 * 1024)
    answer = world.anyone.post("/verifications", content=body, headers={"content-type": "application/pdf"})
    assert codes(answer) == (413, "too_large")


def test_several_sign_an_edition_and_one_who_declines_stops_it(
    quiet_world: World,
) -> None:
    here = decided(quiet_world)
    approver_id = quiet_world.approver.person_id
    able = quiet_world.facility.get("/approvers").json()["items"]
    assert codes(quiet_world.lakeside.get("/approvers")) == (403, "denied")
    (approver,) = [one for one in able if one["person_id"] == approver_id]
    # In the demonstration a key is made for each when they first sign.
    assert (approver["key"]["place"], approver["key"]["fingerprint"], approver["hint"]) == ("demo", "", None)
    assert fields(quiet_world.facility.post(f"{here.agenda}/editions", {"signatories": ["nobody"]})) == [
        "signatories"
    ]
    made = quiet_world.facility.post(
        f"{here.agenda}/editions", {"signatories": [one["person_id"] for one in able]}
    )
    path, digest = made.headers["location"], made.json()["digest"]
    named = {one["name"]: one for one in made.json()["signatories"]}
    assert {one["state"] for one in named.values()} == {"awaited"}
    assert [one["digest"] for one in named.values()] == [digest] * len(able)
    assert [task["kind"] for task in quiet_world.approver.get("/me/tasks").json()["items"]] == [
        "sign_edition"
    ]
    refusal = {"digest": digest, "reason": "The second ask is not ours."}
    declined = quiet_world.approver.post(f"{path}/refusal", refusal)
    own = next(one for one in declined.json()["signatories"] if one["name"] == approver["name"])
    assert (declined.status_code, own["state"], own["reason"]) == (200, "declined", refusal["reason"])
    assert codes(quiet_world.approver.post(f"{path}/approval", {"digest": digest})) == (
        409,
        "edition_declined",
    )
    removal = f"{path}/signatories/{own['id']}/removal"
    assert codes(quiet_world.facility.post(removal)) == (409, "illegal_move")
    assert codes(quiet_world.facility.post(f"{path}/signatories/nobody/removal")) == (404, "unknown")
