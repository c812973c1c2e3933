"""Several strands of a story are woven into one."""

from service.demo.stage import side_by_side


def test_strands_keep_their_order_and_spread_over_the_whole() -> None:
    heard: list[str] = []
    one = [lambda word=word: heard.append(word) for word in ("a1", "a2", "a3", "a4")]
    other = [lambda word=word: heard.append(word) for word in ("b1", "b2")]
    for act in side_by_side(one, other):
        act()
    assert heard == ["a1", "b1", "a2", "a3", "b2", "a4"]
