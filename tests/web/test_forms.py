"""What somebody typed into a form."""

import pytest

from service.domain.errors import EmptyChange, FieldError, Invalid, SignInNeeded, Unknown
from service.domain.positions import Stance
from service.web.forms import Form, in_words
from tests.web.visitors import Site
from tests.worlds import World


def refusing(refusal: Exception) -> object:
    raise refusal


def test_of_what_was_typed_the_words_are_shown_and_not_what_a_page_put_there() -> None:
    kept = {
        "version_id": "01M8BZP7T7KCG1J3QWG7ZRNHX9",
        "digest": "2d21211fbe24064b8200b45106e44dec802cb900779f5007",
        "audience": "everyone",
        "then": "/me#news",
        "number": "12",
        "empty": "",
        "text": "Who is meant?",
        "title": "Água",
    }
    assert in_words(kept.items()) == ["Who is meant?", "Água"]


def test_refusal_is_kept_with_its_status_and_its_places() -> None:
    form = Form({"a": ("x",)}, places={"blocks.0.text": "text.t"})
    assert form.submit(lambda: refusing(Invalid.field("blocks.0.text", "Write something."))) is None
    assert (form.status, form.faults) == (422, (("text.t", FieldError("blocks.0.text", "Write something.")),))
    assert form.fault("text.t") == FieldError("blocks.0.text", "Write something.")


def test_refusal_without_fields_has_its_own_status() -> None:
    form = Form()
    form.submit(lambda: refusing(EmptyChange()))
    assert (form.status, form.faults) == (422, ())


@pytest.mark.parametrize("refusal", [SignInNeeded(), Unknown(thing="agenda")])
def test_what_no_form_can_mend_goes_on(refusal: Exception) -> None:
    with pytest.raises(type(refusal)):
        Form().submit(lambda: refusing(refusal))


def test_choice_that_is_not_offered_is_refused() -> None:
    with pytest.raises(Invalid):
        Form({"stance": ("shouting",)}).choice("stance", Stance)
    assert Form({"stance": ("endorsed",)}).choice("stance", Stance) is Stance.ENDORSED
    assert Form({"stance": ("",)}).chosen("stance", Stance) is None


def test_what_is_kept_leaves_the_token_out() -> None:
    assert Form({"csrf": ("t",), "a": ("1", "2")}).kept == (("a", "1"), ("a", "2"))


def test_form_in_another_encoding_is_refused(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    answer = site.client.post(
        f"/agendas/{world.agenda}/lessons",
        content=b"text=%ff%fe&csrf=x",
        headers={"content-type": "application/x-www-form-urlencoded", "cookie": f"sympolity={city.secret}"},
    )
    assert answer.status_code in {400, 403}
