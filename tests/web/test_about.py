"""Pages about the service."""

from collections import Counter

import pytest

from service.web.keys import KEYS
from tests.web.visitors import Site


def test_every_key_that_the_pages_know_is_listed(site: Site) -> None:
    words = site.visitor.opens("/help/keyboard").words
    missing = [
        key.does for group in KEYS for key in group.keys if key.does.replace("'", "&#39;") not in words
    ]
    assert missing == []


def test_a_key_does_one_thing_in_one_place() -> None:
    doubled = [
        (group.where, keys)
        for group in KEYS
        for keys, count in Counter(key.keys for key in group.keys).items()
        if count > 1
    ]
    assert doubled == []


def test_a_single_letter_belongs_to_keys_that_can_be_switched_off() -> None:
    letters = [
        key.keys
        for group in KEYS
        for key in group.keys
        if len(key.keys) == 1 and len(key.keys[0]) == 1 and key.keys[0].isalpha() and not group.own
    ]
    assert letters == []


@pytest.mark.parametrize("path", ["/help", "/accessibility"])
def test_the_keys_are_found_from_the_help(site: Site, path: str) -> None:
    assert 'href="/help/keyboard"' in site.visitor.opens(path).html
