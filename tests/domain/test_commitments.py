import hashlib
from dataclasses import dataclass

import pytest

from service.domain.commitments import Veiled, commit, is_person, persons_of, unveil, veil, words_of
from service.domain.events import CollisionSettled, MandateGranted, PhaseMoved, SessionOpened
from service.domain.house_events import Event

SALT = "5a" * 32
ADA, BEN = "p" * 64, "q" * 64


@dataclass(frozen=True, slots=True)
class _Delegated(Event):
    mandate_id: str
    from_person_id: str | None
    to_person_ids: tuple[str, ...]


# Not one of the record's: `EVENTS` was gathered before.
_Delegated.name = "mandate.delegated"
GRANTED = MandateGranted("m1", "ada", "city", "representative", ("amend",))
MOVED = PhaseMoved("g1", "amending", "consolidation", "Ada is ill.", None)


def test_a_commitment_is_the_salted_hash_that_anyone_can_make_again() -> None:
    assert commit(SALT, "Zoë") == hashlib.sha256(bytes.fromhex(SALT) + "Zoë".encode()).hexdigest()


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("person_id", True),
        ("person_ids", True),
        ("acting_person_id", True),
        ("to_person_ids", True),
        ("organisation_id", False),
        ("reason", False),
    ],
)
def test_a_field_says_by_its_name_that_it_is_a_person(field: str, *, names: bool) -> None:
    assert is_person(field) is names


def test_persons_stand_as_pseudonyms_and_everything_else_as_it_is() -> None:
    assert persons_of(GRANTED) == {"ada"}
    assert veil(GRANTED, {"ada": ADA}, {}) == Veiled(
        "m1",
        {
            "mandate_id": "m1",
            "person_id": ADA,
            "organisation_id": "city",
            "role": "representative",
            "scopes": ("amend",),
        },
        {},
    )


def test_an_event_about_a_person_is_about_the_pseudonym() -> None:
    assert veil(SessionOpened("ada"), {"ada": ADA}, {}) == Veiled(ADA, {"person_id": ADA}, {})


def test_several_persons_and_nobody_are_told_alike() -> None:
    event = _Delegated("m1", None, ("ada", "ben"))
    assert persons_of(event) == {"ada", "ben"}
    veiled = veil(event, {"ada": ADA, "ben": BEN}, {})
    assert veiled.data == {"mandate_id": "m1", "from_person_id": None, "to_person_ids": [ADA, BEN]}
    assert unveil(veiled.data, {ADA: "ada"}, {}) == {
        "mandate_id": "m1",
        "from_person_id": None,
        "to_person_ids": ["ada", None],
    }


def test_words_stand_as_a_commitment_and_are_kept_beside() -> None:
    assert words_of(MOVED) == {"reason"}
    veiled = veil(MOVED, {}, {"reason": SALT})
    assert veiled.data["reason"] == {"commitment": commit(SALT, "Ada is ill.")}
    assert veiled.words == {"reason": "Ada is ill."}


def test_what_nobody_wrote_needs_no_commitment() -> None:
    event = CollisionSettled("r1", "v1", ("a1",), "a1", None, None, in_order=False)
    assert words_of(event) == frozenset()
    assert (veil(event, {}, {}).data["replacement"], veil(event, {}, {}).words) == (None, {})


def test_what_is_known_is_read_again_and_what_is_erased_is_not() -> None:
    granted, moved = veil(GRANTED, {"ada": ADA}, {}), veil(MOVED, {}, {"reason": SALT})
    assert unveil(granted.data, {ADA: "ada"}, {}) == {**granted.data, "person_id": "ada"}
    assert unveil(granted.data, {}, {}) == {**granted.data, "person_id": None}
    assert unveil(moved.data, {}, moved.words) == {**moved.data, "reason": "Ada is ill."}
    assert unveil(moved.data, {}, {}) == {**moved.data, "reason": None}
