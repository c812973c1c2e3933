from service.domain.keeping import Keeping, keeping


def doubling(asked: list[str], most: int) -> Keeping[[str], str]:
    """A function that notes what it is asked for, and keeps so many characters."""

    def length(text: str) -> int:
        return len(text)

    @keeping(length, most)
    def double(text: str) -> str:
        asked.append(text)
        return text * 2

    return double


def test_what_was_asked_before_is_not_worked_out_again() -> None:
    asked: list[str] = []
    double = doubling(asked, 100)
    assert [double("ab"), double("ab"), double("cd")] == ["abab", "abab", "cdcd"]
    assert asked == ["ab", "cd"]


def test_what_was_asked_for_least_recently_is_let_go_of_when_there_is_too_much() -> None:
    asked: list[str] = []
    double = doubling(asked, 20)
    for text in ("a", *(f"{n:02}" for n in range(9)), "a"):
        double(text)
    assert asked.count("a") == 1
    for text in ("xx", "a", "00"):
        double(text)
    assert (asked.count("a"), asked.count("00")) == (1, 2)


def test_what_comes_out_counts_where_it_can_be_much_more_than_what_was_asked() -> None:
    asked: list[int] = []

    def length(text: str) -> int:
        return len(text)

    @keeping(lambda times: times // 10, 10, length)
    def repeated(times: int) -> str:
        asked.append(times)
        return "a" * times

    assert [repeated(times) for times in (1, 1, 2, 2)] == ["a", "a", "aa", "aa"]
    assert asked == [1, 2, 2]


def test_a_text_that_is_too_long_is_not_kept_at_all() -> None:
    asked: list[str] = []
    double = doubling(asked, 20)
    assert [double("abc"), double("abc")] == ["abcabc", "abcabc"]
    assert asked == ["abc", "abc"]


def test_all_can_be_forgotten() -> None:
    asked: list[str] = []
    double = doubling(asked, 100)
    double("ab")
    double.forget()
    double("ab")
    assert asked == ["ab", "ab"]


def test_two_who_ask_at_once_get_the_same_and_it_is_counted_once() -> None:
    asked: list[str] = []
    inner = doubling([], 20)

    def length(text: str) -> int:
        return len(text)

    @keeping(length, 20)
    def double(text: str) -> str:
        asked.append(text)
        # Somebody else finishes first.
        if len(asked) == 1:
            double(text)
        return inner(text)

    assert double("ab") == "abab"
    for text in (f"{n:02}" for n in range(9)):
        double(text)
    assert double("ab") == "abab"
    assert asked.count("ab") == 2
