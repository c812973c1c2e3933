"""What the tables behind a seal may say."""

import zlib

import pytest
from pyhanko.pdf_utils import generic

from service.adapters.accounted import _is_plain_table

NONE = bytes(9) + b"\xff\xff"
HERE = b"\x01" + (1_000).to_bytes(8, "big") + bytes(2)


def table(content: bytes, runs: list[int]) -> tuple[generic.StreamObject, bytes]:
    """A table in a stream, as increments are written, with these rows."""
    made = generic.StreamObject(
        {
            generic.pdf_name("/Filter"): generic.pdf_name("/FlateDecode"),
            generic.pdf_name("/W"): generic.ArrayObject(map(generic.NumberObject, (1, 8, 2))),
            generic.pdf_name("/Index"): generic.ArrayObject(map(generic.NumberObject, runs)),
        }
    )
    return made, zlib.compress(content)


@pytest.mark.parametrize(
    ("content", "runs", "plain"),
    [
        (NONE + HERE, [0, 1, 7, 1], True),
        (HERE * 2, [7, 2], True),
        (b"", [], True),
        (NONE + HERE + b"more", [0, 1, 7, 1], False),
        (b"\0hidden" + bytes(4) + HERE, [0, 1, 7, 1], False),
        (b"\x03" + b"anything.." + HERE, [6, 2], False),
        (b"\x02" + HERE[1:], [7, 1], False),
        (NONE, [7, 1], False),
        (HERE[:-1] + b"\x01", [7, 1], False),
    ],
)
def test_table_names_where_objects_stand_and_says_nothing_else(
    content: bytes, runs: list[int], *, plain: bool
) -> None:
    assert _is_plain_table(*table(content, runs)) is plain
