from service.domain.text.marks import Mark, MarkKind, canonical, cut, differences, overlay

STRONG, LINK = MarkKind.STRONG, MarkKind.LINK


def test_links_to_different_places_are_not_joined() -> None:
    links = (Mark(LINK, 0, 2, "https://a.eu"), Mark(LINK, 2, 4, "https://b.eu"))
    assert canonical(links[::-1]) == links


def test_a_cut_keeps_what_lies_in_the_range() -> None:
    marks = [Mark(STRONG, 0, 3), Mark(LINK, 3, 9, "https://a.eu"), Mark(STRONG, 9, 10)]
    assert cut(marks, 2, 5, to=7) == [Mark(STRONG, 7, 8), Mark(LINK, 8, 10, "https://a.eu")]


def test_an_overlay_leaves_the_rest_of_a_mark_standing() -> None:
    assert overlay([Mark(STRONG, 0, 9), Mark(LINK, 0, 9)], STRONG, 3, 5, None) == [
        Mark(STRONG, 0, 3),
        Mark(STRONG, 5, 9),
        Mark(LINK, 0, 9),
    ]
    assert overlay([Mark(LINK, 2, 4, "https://a.eu")], LINK, 0, 5, "https://b.eu") == [
        Mark(LINK, 0, 5, "https://b.eu")
    ]


def test_differences_name_old_and_new_value_of_each_stretch() -> None:
    before, after = [Mark(STRONG, 0, 4)], [Mark(STRONG, 2, 6)]
    assert list(differences(before, after, 8)) == [(STRONG, 0, 2, "", None), (STRONG, 4, 6, None, "")]
