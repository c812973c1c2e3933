"""The reader's language."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.domain.adoption import Reason
from service.domain.errors import AlreadySigned, FieldError
from service.web import engine, languages
from service.web.languages import choose, known
from tests.web.visitors import Site

ARABIC = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n!=1);\\n"

msgid "Sign in"
msgstr "تسجيل الدخول"

msgid "%(organisation)s has already signed this amendment."
msgstr "%(organisation)s وقّعت"

msgid "needs %(count)s more endorsement"
msgid_plural "needs %(count)s more endorsements"
msgstr[0] "واحد"
msgstr[1] "%(count)s أكثر"
"""


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second language, that is read from right to left."""
    (tmp_path / "ar").mkdir()
    (tmp_path / "ar" / "sympolity.po").write_text(ARABIC, encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    known.cache_clear()
    yield
    known.cache_clear()
    engine.environment.cache_clear()


@pytest.mark.usefixtures("arabic")
def test_page_is_set_in_the_language_that_the_browser_prefers(site: Site) -> None:
    visitor = site.visitor
    visitor.headers = {"accept-language": "xx, ar;q=0.9, en;q=0.8"}
    page = visitor.opens("/help")
    assert ('<html lang="ar" dir="rtl">' in page.html, "تسجيل الدخول" in page.words) == (True, True)
    assert page.headers["content-language"] == "ar"


@pytest.mark.usefixtures("arabic")
def test_refusals_and_reasons_come_from_the_same_catalogue() -> None:
    language = choose(["ar"], "")
    assert language.refusal(AlreadySigned(organisation="Amara")) == "Amara وقّعت"
    reason = Reason("needs %(count)s more endorsement", "needs %(count)s more endorsements", 3, {"count": 3})
    assert language.reason(reason) == "3 أكثر"


@pytest.mark.parametrize("header", ["", "*", "xx", ";;;", ",,,", "de-CH, de;q=0.9"])
def test_english_is_spoken_where_nothing_else_is_known(header: str) -> None:
    assert (choose([None], header).tag, choose([None], header).direction) == ("en", "ltr")


def test_fault_of_a_field_is_told_with_its_values() -> None:
    error = FieldError("text", "Please keep this under %(limit)s characters.", {"limit": 10})
    assert choose([], "").fault(error) == "Please keep this under 10 characters."


def test_fault_of_a_text_names_its_line() -> None:
    fault = FieldError("markdown.12", "This paragraph is empty. Write something, or take it out.")
    assert choose(["en"], "").fault(fault) == (
        "Line 12: This paragraph is empty. Write something, or take it out."
    )


def test_french_sign_never_begins_a_line_alone() -> None:
    said = choose(["fr"], "").say(
        "“%(phase)s” closes on %(date)s in %(city)s, %(left)s; then “%(next)s” opens by itself.",
        {"phase": "A", "date": "B", "city": "C", "left": "D", "next": "E"},
    )
    assert (said.count("\N{NO-BREAK SPACE}"), "« " in said, " ;" in said) == (5, False, False)
