import pytest

from service.domain.errors import Invalid
from service.domain.tongues import spelled, written_in


@pytest.mark.parametrize("language", ["", "english", "fr_BE", "fr-", "fr-" + "abcdefgh-" * 2 + "ab"])
def test_what_is_no_tag_is_refused(language: str) -> None:
    with pytest.raises(Invalid) as refused:
        spelled(language)
    assert [error.field for error in refused.value.errors] == ["language"]


def test_words_are_in_the_language_that_their_author_named_or_in_that_of_the_agenda() -> None:
    assert (written_in("PT-br", "en"), written_in("", "en")) == ("pt-BR", "en")
