"""Checking a paper in a real browser: it is sent only where its digest is not enough."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.acceptance.people import agenda_in, person, with_one_byte_changed
from tests.browser.window import window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def papers(shared_server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A paper that was published, and the same with one byte changed."""
    with person(shared_server) as visitor:
        published = agenda_in(visitor, "follow_up")
        edition = visitor.all(f"/agendas/{published['id']}/editions")[0]
        paper = visitor.downloads(f"/editions/{edition['id']}/pdf")
    folder = tmp_path_factory.mktemp("papers")
    made = {"published": paper, "changed": with_one_byte_changed(paper)}
    for name, content in made.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return {name: folder / f"{name}.pdf" for name in made}


@pytest.mark.parametrize(
    ("script", "name", "sent", "verdict"),
    [
        (True, "published", False, "This file is genuine and unchanged."),
        (True, "changed", True, "Do not trust this file"),
        (False, "published", True, "This file is genuine and unchanged."),
    ],
)
def test_a_paper_is_sent_only_where_its_digest_is_not_enough(
    browser: Browser,
    shared_server: Server,
    papers: dict[str, Path],
    *,
    script: bool,
    name: str,
    sent: bool,
    verdict: str,
) -> None:
    with window(browser, shared_server.address, script=script) as opened:
        posted: list[str] = []
        opened.page.on("request", lambda one: posted.append(one.url) if one.method == "POST" else None)
        opened.goes_to("/verify")
        opened.page.get_by_label("The file").set_input_files(papers[name])
        with opened.turns_page():
            opened.page.get_by_role("button", name="Check it").click()
        opened.page.get_by_role("heading", name=verdict).wait_for()
        assert posted == ([f"{shared_server.address}/verify"] if sent else [])
