"""The record of an agenda."""

import json

from tests.builders import an_amendment
from tests.web.visitors import Site
from tests.worlds import World


def test_record_tells_what_happened_in_sentences_that_lead_there(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    path = f"/agendas/{world.agenda}/record"
    page = site.visitor.opens(path)
    assert f'href="/amendments/{amendment}"' in page.html
    entries = site.house.record(world.agenda)
    assert page.html.count('<tr id="n') == len(entries)
    assert entries[-1].hash[:12] in page.html


def test_cursor_that_was_not_issued_is_refused(site: Site, world: World) -> None:
    page = site.visitor.opens(f"/agendas/{world.agenda}/record?cursor=abc")
    assert (page.status, "This page cursor was not issued here." in page.words) == (422, True)


def test_record_offers_its_checkpoints_its_key_and_a_proof_of_every_entry(site: Site, world: World) -> None:
    page = site.visitor.opens(f"/agendas/{world.agenda}/record")
    assert site.house.notary.key.text in page.words
    assert page.html.count("A phase closed") == 2
    assert page.html.count("/proof") == len(site.house.record(world.agenda))
    file = site.visitor.opens(f"/agendas/{world.agenda}/record/1/proof")
    assert json.loads(file.html)["format"] == "sympolity-receipt/1"
    assert file.headers["content-disposition"] == 'attachment; filename="record-1.json"'
    assert site.visitor.opens(f"/agendas/{world.agenda}/record/{10**40}/proof").status == 404
