"""The API of assessments: giving, reading, taking back."""

from tests.api.world import Round, World, codes, fields


def body(here: Round, **more: str) -> dict[str, str]:
    version = here.version()
    return {"version": version["id"], "digest": version["digest"], "fit": "fits", "strength": "some", **more}


def test_an_assessment_is_given_read_and_taken_back(world: World) -> None:
    here, unit = world.round(), world.unit
    answer = unit.post(f"{here.recommendation}/assessments", body(here, fit_note="Under chapter 4."))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made == world.anyone.get(answer.headers["location"]).json()
    assert (made["fit"], made["strength"], made["fit_note"], made["current"], made["state"]) == (
        "fits",
        "some",
        "Under chapter 4.",
        True,
        "standing",
    )
    listed = world.anyone.get(f"{here.recommendation}/assessments").json()
    assert listed == {"items": [made], "next": None}
    assert codes(world.lakeside.post(f"{here.recommendation}/assessments", body(here))) == (
        403,
        "foreign_organisation",
    )
    conflict = unit.post(f"{here.recommendation}/assessments", body(here, fit="conflicts"))
    assert (codes(conflict), fields(conflict)) == ((422, "invalid"), ["reference", "fit_note"])
    unseen = unit.post(f"{here.recommendation}/assessments", body(here, digest="0" * 64))
    assert codes(unseen) == (409, "other_text")
    back = unit.post(f"{answer.headers['location']}/withdrawal")
    assert (back.status_code, back.json()["state"]) == (200, "withdrawn")
