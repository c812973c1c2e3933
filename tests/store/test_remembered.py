from service.store.remembered import Remembered


def test_what_was_kept_is_found_again() -> None:
    remembered = Remembered[str](2)
    remembered.keep("a", "one")
    assert (remembered.find("a"), remembered.find("b")) == ("one", None)


def test_what_nobody_has_asked_for_longest_makes_room() -> None:
    remembered = Remembered[str](2)
    remembered.keep("a", "one")
    remembered.keep("b", "two")
    assert remembered.find("a") == "one"
    remembered.keep("c", "three")
    assert [remembered.find(key) for key in "abc"] == ["one", None, "three"]
