from service.domain.reports import ABOUT, TITLES, Bearing, Section, Told, Topic, offline, sections, told
from service.domain.verification import Finding, Sentence, Verdict, Verification

SEALED = Sentence(Finding.SEALED_BY, {"signer": "The facility"})
ROOT = Sentence(Finding.ROOT_SET, {"root": "Root", "fingerprint": "ab" * 32})
FILE = "12" * 32


def valid(*sentences: Sentence, address: str | None = None) -> Verification:
    return Verification(Verdict.VALID, sentences, edition=1, address=address)


def test_every_sentence_answers_a_question_that_has_a_title() -> None:
    assert set(ABOUT) == set(Finding)
    assert {topic for topic, _ in ABOUT.values()} == set(TITLES) == set(Topic)


def test_each_question_is_answered_once_in_order_and_what_speaks_against_the_file_comes_first() -> None:
    against, proven, left_open = (
        Sentence(Finding.TEXT_DIFFERS, {"number": "1", "computed": "a", "named": "b"}),
        Sentence(Finding.DATA_MATCH, {"digest": FILE}),
        Sentence(Finding.DATA_UNREAD),
    )

    found = sections(valid(proven, SEALED, left_open, against))

    assert found == (
        Section(Topic.SEAL, (Told(Topic.SEAL, Bearing.PROVEN, "sealed_by", SEALED),)),
        Section(
            Topic.TEXTS,
            (
                Told(Topic.TEXTS, Bearing.AGAINST, "text_differs", against),
                Told(Topic.TEXTS, Bearing.PROVEN, "data_match", proven),
                Told(Topic.TEXTS, Bearing.OPEN, "data_unread", left_open),
            ),
        ),
    )


def test_sentences_are_told_in_the_order_in_which_they_were_found() -> None:
    assert [one.sentence for one in told(valid(ROOT, SEALED))] == [ROOT, SEALED]


def test_offline_a_report_says_what_cannot_be_known_and_where_to_ask() -> None:
    more = (
        Sentence(Finding.FILE_OFFLINE, {"file_digest": FILE}),
        Sentence(Finding.STANDING_OFFLINE),
    )
    asking = Sentence(Finding.ASK_AT_NAMED, {"address": "https://example.org/verify"})

    named = offline(valid(SEALED, ROOT, address="https://example.org/verify"), FILE, given=False)
    nameless = offline(valid(SEALED, ROOT), FILE, given=False)

    assert named.sentences == (SEALED, ROOT, *more, asking)
    assert nameless.sentences == (SEALED, ROOT, *more)


def test_offline_nobody_but_the_reader_can_tell_who_is_expected() -> None:
    left_open = Sentence(Finding.SIGNER_OPEN, {"signer": "The facility"})
    expected = Sentence(Finding.SIGNER_EXPECTED, {"signer": "The facility"})

    found = [offline(valid(SEALED, one), FILE, given=True).sentences for one in (left_open, expected)]

    assert [Sentence(Finding.SIGNER_UNTOLD) in sentences for sentences in found] == [True, False]


def test_offline_a_root_that_was_given_is_told_from_one_that_is_set() -> None:
    found = offline(valid(SEALED, ROOT), FILE, given=True)

    assert found.sentences[:2] == (SEALED, Sentence(Finding.ROOT_GIVEN, ROOT.values))


def test_offline_nothing_is_added_to_what_is_no_valid_paper() -> None:
    record = Verification(Verdict.VALID, (Sentence(Finding.INCLUDED, {"size": "3"}),))
    broken = Verification(Verdict.BROKEN, (Sentence(Finding.CHANGED),), edition=1)

    assert [offline(one, FILE, given=True) for one in (record, broken)] == [record, broken]


def test_what_was_not_published_here_and_what_the_demonstrations_clock_attests_speak_against_a_file() -> None:
    found = told(valid(Sentence(Finding.NOT_PUBLISHED), Sentence(Finding.DEMO_STAMP)))

    assert {one.bearing for one in found} == {Bearing.AGAINST}
