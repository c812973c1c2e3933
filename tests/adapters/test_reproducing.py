import hashlib
import io

import pikepdf
import pytest

from service.adapters.pdf import recipe
from service.adapters.pdf.recipe import AGENDA
from service.adapters.pdf.render import render
from service.adapters.reproducing import compare, reproduce
from service.domain.reproduction import Likeness, Reproduction
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition


def other(small_paper: bytes, attached: str, old: bytes, new: bytes) -> bytes:
    """Return the paper with something else in one of its attachments."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper)) as pdf:
        held = next(one for one in pdf.Root.AF if str(one.F) == attached).EF.F
        content = held.read_bytes()
        assert old in content
        held.write(content.replace(old, new, 1))
        pdf.save(changed)
    return changed.getvalue()


def test_a_sealed_paper_begins_with_what_its_own_data_give(sealed: bytes, small_paper: bytes) -> None:
    found = reproduce(sealed)

    assert (found.likeness, found.size, found.behind, found.others) == (
        Likeness.SAME,
        len(small_paper),
        len(sealed) - len(small_paper),
        (),
    )


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "LANG": "ar_EG.UTF-8"},
    ],
    ids=["east", "west"],
)
def test_a_paper_is_made_again_the_same_whatever_surrounds_the_process(
    sealed: bytes, small_paper: bytes, surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    found = reproduce(sealed)

    assert (found.likeness, found.digest) == (Likeness.SAME, hashlib.sha256(small_paper).hexdigest())
    assert hashlib.sha256(sealed[: found.size]).hexdigest() == found.digest


def test_other_data_give_another_paper(small_paper: bytes) -> None:
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)

    forged = other(small_paper, AGENDA, edition.title.encode(), b"Another title")

    assert compare(forged).likeness is Likeness.DIFFERS


def test_other_versions_leave_it_open_unless_the_bytes_are_the_same(small_paper: bytes) -> None:
    made_before = {**recipe.versions(), "reportlab": "4.3.1"}
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
    paper = render(edition, an_approval(), verify_url=VERIFY_URL, versions=made_before)
    here = f'"reportlab":"{recipe.versions()["reportlab"]}"'.encode()

    same, unlike = compare(paper), compare(other(small_paper, recipe.RECIPE, here, b'"reportlab":"4.3.1"'))

    assert (same.likeness, same.others) == (Likeness.SAME, ("reportlab",))
    assert (unlike.likeness, unlike.others) == (Likeness.UNKNOWN, ("reportlab",))


def test_what_holds_no_data_is_no_such_paper() -> None:
    empty = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(empty)

    assert [compare(one) for one in (b"", b"%PDF-1.7", empty.getvalue())] == [
        Reproduction(Likeness.NO_PAPER)
    ] * 3
