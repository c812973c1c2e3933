import pytest

from service.domain.mentions import mentioned

NAMES = {"A": "Amara", "K": "Kesi", "KN": "Kesi Nova", "D": "EU Delegation to Arendia"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("Amara says", ()),
        ("@Amara and @kesi, what do you think?", ("A", "K")),
        ("@Kesi Nova knows", ("KN",)),
        ("@Kesi Novalis", ("K",)),
        ("@Amaranth", ()),
        ("@Kesi @Amara @Kesi", ("K", "A")),
        ("(@EU Delegation to Arendia)", ("D",)),
        ("write to ada@amara.example", ()),
        ("@", ()),
    ],
)
def test_organisations_are_mentioned_by_their_names(text: str, found: tuple[str, ...]) -> None:
    assert mentioned(text, NAMES) == found
