"""What an edition says comes back from its canonical form, whatever characters it is made of."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.domain.publication import from_json, to_json
from tests.adapters.editions import an_edition

EDITION = an_edition(asks=2, organisations=6, amendments=5, lessons=2)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_survives_the_json(text: str) -> None:
    edition = replace(EDITION, title=text, imprint=(text,))

    assert from_json(to_json(edition)) == edition
