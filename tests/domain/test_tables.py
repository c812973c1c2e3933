"""Tables in files."""

from service.domain.tables import as_csv


def test_table_begins_with_the_mark_of_utf_8_and_quotes_what_needs_it() -> None:
    assert as_csv([("Name", "Says"), ("Vilaró", 'It, or "this"')]) == (
        '\ufeffName,Says\r\nVilaró,"It, or ""this"""\r\n'
    )


def test_what_could_be_taken_for_a_formula_is_led_by_an_apostrophe() -> None:
    cells = ("=1+1", "+1", "-1", "@here", "\tx", "\rx", "1-1", "")
    told = as_csv([(cell,) for cell in cells]).removeprefix("\ufeff")
    assert [one.strip('"') for one in told.split("\r\n")][:5] == ["'=1+1", "'+1", "'-1", "'@here", "'\tx"]
    assert told.endswith('"\'\rx"\r\n1-1\r\n""\r\n')
