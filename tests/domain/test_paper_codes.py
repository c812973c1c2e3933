import hashlib
import random

import pytest

from service.domain.errors import Invalid
from service.domain.paper_codes import ALPHABET, Wanted, code_of, read

DIGESTS = tuple(hashlib.sha256(str(number).encode()).hexdigest() for number in range(40))
DIGEST = DIGESTS[0]
CODE = code_of(DIGEST)


def message(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        read(text)
    (error,) = refused.value.errors
    assert error.field == "code"
    return error.message.split(".")[0]


def test_a_code_has_three_groups_of_four_characters() -> None:
    assert (CODE, len(set(map(code_of, DIGESTS)))) == ("BZPE-PSQZ-S1Q4", len(DIGESTS))


@pytest.mark.parametrize("digest", DIGESTS)
def test_a_code_leads_back_to_its_digest_and_to_no_other(digest: str) -> None:
    found = read(code_of(digest))

    assert [one for one in DIGESTS if found.means(one)] == [digest]
    assert any(digest.startswith(beginning) for beginning in found.beginnings)


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  {CODE.replace('-', '–')}\n",
        " ".join(CODE.replace("-", "")),
        f"https://example.org/verify/{CODE}",
        f"https://example.org/verify/{CODE.lower()}/",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert read(typed).code == CODE


def test_letters_that_are_taken_for_digits_are_read_as_those() -> None:
    digest = next(one for one in DIGESTS if "0" in code_of(one) and "1" in code_of(one))

    assert read(code_of(digest).replace("0", "o").replace("1", "l")).code == code_of(digest)


@pytest.mark.parametrize("digest", DIGESTS[:10])
def test_one_wrong_character_or_two_in_each_others_place_are_noticed(digest: str) -> None:
    letters = code_of(digest).replace("-", "")
    wrong = {
        letters[:at] + other + letters[at + 1 :]
        for at in range(len(letters))
        for other in ALPHABET
        if other != letters[at]
    }
    swapped = {
        "".join(letters[{first: second, second: first}.get(at, at)] for at in range(len(letters)))
        for first in range(len(letters))
        for second in range(first)
        if letters[first] != letters[second]
    }

    assert (len(wrong), [text for text in (wrong | swapped) if read_code(text) is not None]) == (12 * 31, [])


def read_code(text: str) -> str | None:
    try:
        return read(text).code
    except Invalid:
        return None


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        (DIGEST[:8], DIGEST[:8]),
        (f"sha-256 {DIGEST[:8]}", DIGEST[:8]),
        (f"SHA256:{DIGEST.upper()}", DIGEST),
        (f"urn:sha256:{DIGEST}", DIGEST),
        (" ".join(DIGEST[at : at + 8] for at in range(0, 64, 8)), DIGEST),
        ("0" * 11 + "1", "0" * 11 + "1"),
    ],
)
def test_the_beginning_of_a_digest_does_as_well(typed: str, digits: str) -> None:
    found = read(typed)

    assert (found.code, found.digits, found.whole) == (None, digits, digits if len(digits) == 64 else None)
    assert found.beginnings == (digits,)


def test_what_can_be_a_code_and_the_beginning_of_a_digest_is_looked_for_as_both() -> None:
    chance = random.Random(1)  # noqa: S311  a sample, not a secret
    digits = "0123456789ABCDEF"
    typed = next(
        text for _ in range(10_000) if read_code(text := "".join(chance.choice(digits) for _ in range(12)))
    )

    found = read(typed)

    assert (found.code is not None, found.digits, len(found.beginnings)) == (True, typed.lower(), 2)


@pytest.mark.parametrize(
    "typed", ["", "7", "hello", "1234567", "0" * 65, "x" * 501, f"{CODE}0", "ÀÀÀÀÀÀÀÀÀÀÀÀ"]
)
def test_what_is_no_code_is_said(typed: str) -> None:
    assert message(typed) == "This is no code of a paper"


def test_a_mistyped_code_is_said_to_be_one() -> None:
    other = CODE.replace("Z", "W", 1)

    assert message(other) == "One character of this code must be another"


def test_a_code_means_no_digest_that_only_begins_like_it() -> None:
    assert not Wanted(CODE, None).means(f"{int(DIGEST[:14], 16) ^ 2:014x}{DIGEST[14:]}")
