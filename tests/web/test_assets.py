"""Static files."""

import gzip

import pytest

from service.domain.errors import Unknown
from service.web import assets
from tests.web.visitors import Site

OWN_SCRIPTS = ("vendor/htmx/htmx.min.js", "sympolity.js")


def test_an_address_names_its_content_and_is_kept_for_good(site: Site) -> None:
    answer = site.visitor.opens(assets.address("sympolity.css"))
    assert (answer.status, answer.headers["cache-control"], answer.headers["content-type"]) == (
        200,
        "public, max-age=31536000, immutable",
        "text/css; charset=utf-8",
    )


def test_an_address_of_older_content_is_not_kept(site: Site) -> None:
    answer = site.visitor.opens("/static/000000000000/sympolity.css")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize("name", ["nothing.css", "../words.py", "..%2fwords.py", "/etc/passwd"])
def test_nothing_outside_the_folder_can_be_named(site: Site, name: str) -> None:
    assert site.visitor.opens(f"/static/000000000000/{name}").status == 404
    with pytest.raises(Unknown):
        assets.asset(name)


def test_all_script_of_a_page_weighs_less_than_20_kilobytes() -> None:
    weight = sum(len(gzip.compress(assets.asset(name).content, 6)) for name in OWN_SCRIPTS)
    assert weight < 20_000
