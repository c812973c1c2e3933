"""The code that is printed on a paper: short enough to be typed, and enough to find the edition again.

It is made of the first 55 bits of the edition's digest and a check character, in three groups of four. It finds, and
proves nothing: for that, the whole digests are compared.
"""

import re
from dataclasses import dataclass

from service.domain.errors import Invalid

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are taken for others."""
_SPOKEN = str.maketrans("ILO", "110")
_BITS = 5
_LENGTH = 12
_DIGITS = 14
"""So many hexadecimal digits hold all bits of a code, and one more."""
_FEWEST = 8
_WHOLE = 64
_LONGEST = 500
_PREFIX = re.compile(r"^(?:urn:)?sha-?256[:\s]", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed, as what it can be: a code, and hexadecimal digits with which a digest begins."""

    code: str | None
    digits: str | None

    @property
    def text(self) -> str:
        """The same in the one way in which it is written in addresses."""
        return self.code or str(self.digits)

    @property
    def whole(self) -> str | None:
        """The digest, where all of it was given."""
        return self.digits if self.digits is not None and len(self.digits) == _WHOLE else None

    @property
    def beginnings(self) -> tuple[str, ...]:
        """The hexadecimal digits with which the digests begin that can be meant, of each reading."""
        of_code = (_beginning(self.code),) if self.code is not None else ()
        return (*of_code, *((self.digits,) if self.digits is not None else ()))

    def means(self, digest: str) -> bool:
        """Tell whether the digest of an edition is one that is meant."""
        return (self.digits is not None and digest.startswith(self.digits)) or self.code == code_of(digest)


def code_of(digest: str) -> str:
    """Return the code of an edition, such as BZPE-PSQZ-S1Q4, for its digest (64 hexadecimal digits)."""
    number = int(digest[:_DIGITS], 16) >> 1
    values = [number >> _BITS * place & 31 for place in reversed(range(_LENGTH - 1))]
    text = "".join(ALPHABET[value] for value in (*values, _check(values)))
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def read(text: str) -> Wanted:
    """Return what is meant by a code or the beginning of a digest, however it was typed.

    Raises:
        Invalid: it can be neither, or one of its characters must be wrong.
    """
    if len(text) > _LONGEST:
        raise _none()
    last = text.strip().rstrip("/").rpartition("/")[2]
    bare = re.sub(r"[\s\u00ad\u2010-\u2015-]", "", _PREFIX.sub("", last))
    digits = bare.lower() if _HEX.fullmatch(bare.lower()) and _FEWEST <= len(bare) <= _WHOLE else None
    letters = bare.upper().translate(_SPOKEN)
    if len(letters) != _LENGTH or not set(letters) <= set(ALPHABET):
        if digits is None:
            raise _none()
        return Wanted(None, digits)
    values = [ALPHABET.index(letter) for letter in letters]
    if _check(values[:-1]) == values[-1]:
        return Wanted(f"{letters[:4]}-{letters[4:8]}-{letters[8:]}", digits)
    if digits is None:
        raise Invalid.field(
            "code", "One character of this code must be another. Compare it with the paper once more."
        )
    return Wanted(None, digits)


def _none() -> Invalid:
    return Invalid.field(
        "code",
        "This is no code of a paper. It has twelve characters, such as BZPE-PSQZ-S1Q4; "
        "at least eight digits of a digest (SHA-256) do as well.",
    )


def _check(values: list[int]) -> int:
    """Return the check value: it differs whenever one character is another, or two have changed places.

    It is the sum of the values, each times another power of 2 in the field of 32 elements (x⁵ + x² + 1).
    """
    total = 0
    for value in values:
        total = (total ^ value) << 1
        total = total ^ 0b100101 if total & 32 else total
    return total


def _beginning(code: str) -> str:
    """Return the hexadecimal digits that are certain of a digest with this code."""
    number = 0
    for letter in code.replace("-", "")[:-1]:
        number = number << _BITS | ALPHABET.index(letter)
    return f"{number << 1:014x}"[:-1]
