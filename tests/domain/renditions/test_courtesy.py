"""Courtesy translations in a rendition."""

from dataclasses import replace

from service.domain.renditions import tongues
from service.domain.renditions.tree import Fold, Manner, Paragraph
from tests.adapters.editions import an_edition
from tests.domain.renditions.made import a_courtesy, a_courtesy_lesson, rendered
from tests.domain.renditions.trees import lines_in, lines_of, plain, section, told, words_in
from tests.domain.renditions.voices import PlainVoice

SNAPSHOT = an_edition(asks=2)
FIRST, SECOND = SNAPSHOT.recommendations
FRENCH = a_courtesy(FIRST, b1="Nommer les villes", b2="Nommez un contact.")
VOICE = PlainVoice("fr", {"Cities": "Villes"})


def test_translated_texts_stand_in_their_language_and_all_others_in_their_own() -> None:
    whole = rendered(SNAPSHOT, voice=VOICE, language="fr", offered=[FRENCH])
    titles = [section(whole, f"recommendation-{n}").title for n in (1, 2)]
    assert [(plain(one), {word.language for word in one}) for one in titles] == [
        ("Nommer les villes", {"fr"}),
        (SECOND.title, {"en"}),
    ]
    asks = [
        piece
        for n in (1, 2)
        for piece in section(whole, f"recommendation-{n}").pieces
        if isinstance(piece, Paragraph) and piece.manner is Manner.ASK
    ]
    assert [{word.language for word in ask.words} for ask in asks] == [{"fr"}, {"en"}]
    assert told(section(whole, "summary"))[2::2] == ["Nommer les villes", SECOND.title]


def test_each_translated_text_says_who_approved_which_words_and_holds_the_original() -> None:
    pieces = section(
        rendered(SNAPSHOT, voice=VOICE, language="fr", offered=[FRENCH]), "recommendation-1"
    ).pieces
    (fold,) = [one for one in pieces if isinstance(one, Fold)]
    note = pieces[pieces.index(fold) - 1]
    assert [plain(one) for one in lines_of(note)] == [
        (
            "Courtesy translation of version 3, approved by Puerto Amara on 2024-03-20; the authentic text is in "
            f"«en». Digest of these words: {FRENCH.digest}"
        )
    ]
    originals = [plain(one) for one in lines_of(fold)]
    assert originals == ["The authentic text in «en»", *(block.text for block in FIRST.blocks)]


def test_a_notice_at_the_head_tells_how_much_is_translated() -> None:
    offered = [FRENCH, a_courtesy(SECOND)]
    told_at_head = [
        [plain(one) for one in lines_of(rendered(SNAPSHOT, language="fr", offered=found).notices[-1])]
        for found in (offered[:1], offered)
    ]
    title = "Courtesy translation; the authentic text is in «en»"
    rest = "All else stands in the language in which it was written."
    assert told_at_head == [
        [title, f"1 of 2 recommendations is translated into «fr». {rest}"],
        [title, f"2 of 2 recommendations are translated into «fr». {rest}"],
    ]


def test_a_translation_of_other_words_or_into_another_language_is_not_shown() -> None:
    stale = replace(FRENCH, source="0" * 64)
    tabled = tuple(replace(one, language="pt") for one in FIRST.amendments)
    snapshot = replace(SNAPSHOT, recommendations=(replace(FIRST, amendments=tabled),))
    whole = rendered(snapshot, voice=VOICE, language="fr", offered=[stale, a_courtesy(FIRST, "es")])
    assert {word.language for word in words_in(whole)} == {"", "en", "pt"}
    assert plain(section(whole, "recommendation-1").title) == FIRST.title


def test_in_its_own_language_an_edition_shows_no_translation() -> None:
    whole = rendered(SNAPSHOT, offered=[FRENCH, a_courtesy(FIRST, "en")])
    assert (len(whole.notices), plain(section(whole, "recommendation-1").title)) == (1, FIRST.title)


def test_words_of_the_house_are_said_by_the_voice_and_others_stay_in_their_language() -> None:
    whole = rendered(SNAPSHOT, voice=VOICE, language="fr", offered=[FRENCH])
    found = {
        (word.text, word.language) for word in words_in(whole) if word.text in {"Villes", "EU Delegations"}
    }
    assert found == {("Villes", ""), ("EU Delegations", "en")}


def test_a_translated_lesson_says_who_approved_it_and_holds_its_own_words() -> None:
    first, second, third = SNAPSHOT.lessons
    spanish = replace(second, text="Empezar pequeño.", language="es")
    offered = [a_courtesy_lesson(first, "Commencer petit."), a_courtesy_lesson(spanish, "Partager tôt.")]
    whole = rendered(
        replace(SNAPSHOT, lessons=(first, spanish, third)), voice=VOICE, language="fr", offered=offered
    )
    lines = list(lines_in(section(whole, "lessons")))[2:]
    found = [next((word.text, word.language) for word in one) for one in lines]
    note = "Courtesy translation, approved by "
    assert found == [
        ("Commencer petit.", "fr"),
        (note, ""),
        ("The authentic text in «en»", ""),
        (first.text, "en"),
        ("Report of project 1.", "en"),
        ("Partager tôt.", "fr"),
        (note, ""),
        ("The authentic text in «es»", ""),
        (spanish.text, "es"),
        ("Report of project 2.", "en"),
        (third.text, "en"),
        ("Report of project 3.", "en"),
    ]
    assert [plain(one) for one in lines_of(whole.notices[-1])][1:] == [
        "2 of 3 lessons are translated into «fr».",
        "0 of 2 recommendations are translated into «fr». All else stands in the language in which it was written.",
    ]


def test_the_languages_are_those_of_the_translations() -> None:
    offered = [a_courtesy(FIRST, "pt"), FRENCH, a_courtesy(SECOND)]
    assert (tongues(offered), tongues([])) == (("fr", "pt"), ())


def test_what_was_written_in_another_language_than_the_edition_says_so() -> None:
    edition = an_edition(asks=1, organisations=2, lessons=1)
    (lesson,), (ask,) = edition.lessons, edition.recommendations
    piece = replace(lesson.evidence[0], title="Un rapport", source="La ville", language="fr")
    said = replace(ask.positions[0], statement="Nous hésitons.", language="fr")
    whole = rendered(
        replace(
            edition,
            lessons=(replace(lesson, text="Commencer petit.", language="fr", evidence=(piece,)),),
            recommendations=(replace(ask, positions=(said,)),),
        )
    )
    found = {
        word.text: word.language
        for name in ("lessons", "recommendation-1")
        for line in lines_in(section(whole, name))
        for word in line
    }
    assert [found[text] for text in ("Commencer petit.", "Un rapport.", "Nous hésitons.")] == ["fr"] * 3
