"""The paper's own words: in the language of its agenda, and where it does not speak that, in English that says so."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import outloud
import page
import pikepdf
import pytest

from service.adapters import reproducing
from service.adapters.pdf import voice
from service.adapters.pdf.apart import render_apart
from service.adapters.pdf.ownfiles import files
from service.adapters.pdf.render import render, render_draft
from service.adapters.pdf.voice import voice_of
from service.domain.phases import Phase
from service.domain.publication import Signatory, Snapshot
from service.domain.reproduction import Likeness
from service.domain.text.sentences import Sentence
from service.web import catalogue, paper_words
from service.workflows.snapshots import OPENED
from tests.adapters.editions import VERIFY_URL, a_corrected_edition, an_approval, an_edition
from tests.adapters.pdf.reading import Node, read, text_of

# What the tests of the whole service pass over, too: it is about text outside the structure.
OUTSIDE = "PDF-S-01"
FEWEST, FEWEST_OWN = 12, 100
_VALUE = re.compile(r"%\(\w+\)s|%%")


def everything(language: str) -> Snapshot:
    """Return an edition that prints nearly all that a paper can, with words of the house in its organisations."""
    edition = a_corrected_edition(asks=3, organisations=9, amendments=5, lessons=1)
    first, second, third = edition.recommendations
    asks = (
        replace(first, addressee="EU headquarters"),
        replace(second, addressee="cities", outcome=replace(second.outcome, passed=False, counted=9)),
        replace(third, addressee="other actors", evidence=()),
    )
    asks = (
        replace(asks[0], theme="Finances"),
        replace(asks[1], theme=""),
        replace(asks[2], theme="Finances"),
    )
    organisations = tuple(
        replace(one, kind="local authority", region="Asia-Pacific" if at % 2 else "")
        for at, one in enumerate(edition.organisations)
    )
    opened = replace(edition.steps[0], what=OPENED[Phase.COMMENTING])
    participants = replace(edition.participants, note="")
    return replace(
        edition,
        language=language,
        recommendations=asks,
        organisations=organisations,
        participants=participants,
        steps=(opened, *edition.steps),
    )


@cache
def paper_in(language: str) -> bytes:
    return render(everything(language), an_approval(), verify_url=VERIFY_URL)


@cache
def a_draft(language: str) -> bytes:
    return render_draft(everything(language))


def lines(node: Node) -> Iterator[tuple[str, str]]:
    """Yield what is read aloud, block by block, with the language that it is read in."""
    yield from _lines(node, "")


def _lines(node: Node, language: str) -> Iterator[tuple[str, str]]:
    language = node.lang or language
    if node.alt:
        yield node.alt, language
    if any(kid.text for kid in node.kids):
        for kid in node.kids:
            yield from _lines(kid, language)
    elif node.text.strip():
        yield " ".join(node.text.split()), language


@cache
def english_words() -> set[str]:
    """Return the sentences of the paper that stand alone, as English says them."""
    return {bare(one) for one in catalogue.said_in(paper_words.FOLDER) if "%" not in one}


@cache
def english_phrases() -> set[str]:
    """Return what stands between the values of the paper's other sentences, as far as it is long enough to be told."""
    parts = (part for one in catalogue.said_in(paper_words.FOLDER) for part in _VALUE.split(one))
    return {part.strip() for part in parts if len(part) > FEWEST}


def bare(text: str) -> str:
    """Return words without what ends them."""
    return text.rstrip(":. ")


@pytest.mark.parametrize("language", ["fr", "es", "pt"])
def test_every_sentence_of_the_paper_is_translated(language: str) -> None:
    said = voice_of(language).speech.said
    assert sorted(paper_words.sentences() - said.keys()) == []


def test_the_voices_are_the_languages_of_the_pages_that_are_written_from_the_left() -> None:
    assert tuple(sorted(voice.spoken())) == paper_words.tags() == ("en", "es", "fr", "pt")


def test_nothing_of_its_own_is_left_in_english_in_a_french_paper() -> None:
    aloud = [one for pdf in (paper_in("fr"), a_draft("fr")) for one in lines(read(pdf))]
    told = [text for text, language in aloud if language == "fr"]
    said = {bare(text) for text in told}
    french = {form for forms in voice_of("fr").speech.said.values() for form in forms}
    assert (english_words() - {bare(form) for form in french}) & said == set()
    phrases = [one for one in english_phrases() if not any(one in form for form in french)]
    assert [one for one in phrases if any(one in text for text in told)] == []
    assert {
        "Qui dit quoi",
        "Sommaire Ce qui se trouve où",
        "Pourquoi",
        "Siège de l’UE",
        "soutien avec réserve",
    } <= said


def test_a_french_paper_is_french_but_for_what_was_written_into_it_in_another_language() -> None:
    with pikepdf.open(io.BytesIO(paper_in("fr"))) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.attachments["agenda.json"].description == "L’agenda en données"
        with pdf.open_outline() as outline:
            titles = [str(one.title) for one in outline.root]
    assert ("En chiffres" in titles, "In figures" in titles) == (True, False)
    assert "agenda.json : l’agenda" in text_of(paper_in("fr"))
    spoken, (ask, *_) = dict(lines(read(paper_in("fr")))), everything("fr").recommendations
    assert spoken[voice_of("fr").known(OPENED[Phase.COMMENTING])] == "fr"
    assert (spoken["Pourquoi"], spoken[ask.outcome.sentence]) == ("fr", "en")


@pytest.mark.parametrize(
    ("language", "profile"),
    [
        ("fr", page.ValidationProfile.PDF_UA_1),
        ("fr", page.ValidationProfile.PDF_A_3A),
        ("de", page.ValidationProfile.PDF_UA_1),
    ],
)
def test_it_is_as_accessible_in_another_language(language: str, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(paper_in(language), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_it_can_be_read_aloud_in_french(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper_in("fr"))
    result = outloud.check(str(path), skip={OUTSIDE})
    assert result.error is None
    assert [(one.rule, one.evidence) for one in result.findings if one.severity == "error"] == []


def test_a_language_that_the_paper_does_not_speak_gets_english_that_is_read_as_english() -> None:
    said = list(lines(read(paper_in("de"))))
    own = [(text, language) for text, language in said if bare(text) in english_words()]
    assert len(own) > FEWEST_OWN
    assert [text for text, language in own if language != "en"] == []
    phrases = english_phrases()
    mixed = [(text, language) for text, language in said if any(one in text for one in phrases)]
    assert [text for text, language in mixed if language != "en"] == []
    told = (
        "The text in German is authentic. The words around it, such as headings and notes, are in English, because "
        "they are not translated into German."
    )
    assert (told, "en") in said
    assert dict(said)[everything("de").title] == "de"


def test_the_same_french_edition_gives_the_same_bytes_in_any_process() -> None:
    script = (
        "import sys; from service.adapters.pdf.render import render; from tests.adapters.editions import *; "
        "from dataclasses import replace; "
        "french = replace(an_edition(asks=1, organisations=2, amendments=1), language='fr'); "
        "sys.stdout.buffer.write(render(french, an_approval(), verify_url=VERIFY_URL))"
    )
    edition = replace(an_edition(asks=1, organisations=2, amendments=1), language="fr")
    paper = render_apart(edition, an_approval(), verify_url=VERIFY_URL)
    for seed, zone, locale in (("7", "Asia/Kathmandu", "fr_FR.UTF-8"), ("11", "UTC", "tr_TR.UTF-8")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        other = subprocess.run(
            [sys.executable, "-c", script],
            env=surroundings,
            cwd=Path(__file__).parents[3],
            capture_output=True,
            check=True,
        )
        assert other.stdout == paper


def test_a_french_paper_is_made_again_from_its_own_data_in_a_process_apart() -> None:
    made = reproducing.reproduce(paper_in("fr"))
    assert (made.likeness, made.others) == (Likeness.SAME, ())


def test_the_words_of_a_voice_are_a_part_of_what_makes_a_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path(voice.__file__).parent / "voices"
    assert {one.name for one in here.iterdir()} == {"en.json", "es.json", "fr.json", "pt.json"}
    (tmp_path / "voices").mkdir()
    digests = set()
    for words in ("Pourquoi", "Pour quoi"):
        (tmp_path / "voices" / "fr.json").write_text(words, encoding="utf-8")
        monkeypatch.setattr("service.adapters.pdf.ownfiles._HERE", tmp_path)
        files.cache_clear()
        digests.add(files())
    files.cache_clear()
    assert len(digests) == 2


def test_days_amounts_and_rows_are_written_as_the_language_does() -> None:
    march, april = date(2024, 3, 1), date(2024, 4, 2)
    said = {
        tag: (
            one.day(march),
            one.days(march, april),
            one.listed(["a", "b", "c", "d"]),
            one.number(4412),
            one.number(14412),
            one.tongue("fr-BE"),
        )
        for tag, one in ((tag, voice_of(tag)) for tag in ("en-GB", "fr", "es", "pt-BR"))
    }
    assert {tag: " | ".join(told).replace("\u00a0", "~") for tag, told in said.items()} == {
        "en-GB": "1~March~2024 | 1~March – 2~April~2024 | a, b, c and d | 4,412 | 14,412 | French",
        "fr": "1~mars~2024 | 1~mars – 2~avril~2024 | a, b, c et d | 4~412 | 14~412 | français",
        "es": "1~de~marzo~de~2024 | 1~de~marzo – 2~de~abril~de~2024 | a, b, c y d | 4412 | 14~412 | francés",
        "pt-BR": "1~de~março~de~2024 | 1~de~março – 2~de~abril~de~2024 | a, b, c e d | 4412 | 14~412 | francês",
    }


def test_a_stretch_of_days_names_what_is_not_shared() -> None:
    english = voice_of("en")
    first, same, other = date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 2)
    told = [english.days(first, last).replace("\u00a0", " ") for last in (first, same, other)]
    assert told == ["30 December 2023", "30–31 December 2023", "30 December 2023 – 2 January 2024"]
    assert (english.listed([]), english.listed(["a"]), english.listed(["a", "b"])) == ("", "a", "a and b")


def test_a_sentence_about_a_change_is_told_in_its_form() -> None:
    french = voice_of("fr")
    assert french.told(Sentence("Removes “%(old)s”.", {"old": "texte"})) == "Supprime «\u00a0texte\u00a0»."
    many = Sentence("%(count)s change:", {"count": 2}, "%(count)s changes:")
    assert (french.told(many), voice_of("en").told(many)) == ("2 changements\u00a0:", "2 changes:")


def test_all_who_signed_are_told_in_french() -> None:
    at = datetime(2024, 3, 15, 9, 5, tzinfo=UTC)
    signatories = tuple(Signatory(f"Bo {n}", "Ville", at, "ab" * 32 if n > 6 else "") for n in range(9))
    bare = replace(an_edition(asks=0, organisations=0, lessons=0), language="fr")
    said = text_of(render(bare, replace(an_approval(), signatories=signatories), verify_url=VERIFY_URL))
    assert "Signé par 9 signataires, nommés à la dernière page." in said
    assert "7 d’entre eux" in said
