from service.domain.text.provenance import Credit, Run, joined, part, whole


def test_neighbouring_runs_of_one_origin_are_one() -> None:
    runs = [Run(0, 2, ("a",)), Run(2, 2, ("b",)), Run(2, 5, ("a",)), Run(5, 6, ("a",), "r")]
    assert joined(runs) == (Run(0, 5, ("a",)), Run(5, 6, ("a",), "r"))


def test_a_part_of_the_runs_is_cut_and_moved() -> None:
    runs = [Run(0, 4, ("a",)), Run(4, 8, ("b",)), Run(8, 9, ("c",))]
    assert list(part(runs, 2, 6, to=10)) == [Run(10, 12, ("a",)), Run(12, 14, ("b",))]


def test_an_empty_text_has_no_run() -> None:
    assert whole("", Credit(("a",))) == ()
