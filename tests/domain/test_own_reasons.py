from service.domain.own_reasons import OwnReason, recognised


def test_each_reason_of_the_house_is_recognised_with_its_values() -> None:
    assert [recognised(own.of(12)) for own in OwnReason] == [
        (OwnReason.REPLACED, {"number": "12"}),
        (OwnReason.COVERED, {"number": "12"}),
        (OwnReason.COVERED_NO_MORE, {"number": "12"}),
        (OwnReason.SAID_ALREADY, {}),
        (OwnReason.GIVEN_WAY, {}),
    ]


def test_somebodys_own_words_are_no_reason_of_the_house() -> None:
    said = OwnReason.REPLACED.of(12)
    assert [
        recognised(words) for words in (f"{said} So be it.", f"No: {said}", "It says nothing new.", "")
    ] == [
        None,
        None,
        None,
        None,
    ]
