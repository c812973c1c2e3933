"""The kinds of races: what two people can do at once where only one order of them can stand."""

from collections.abc import Callable, Mapping

from tests.houses import House
from tests.reliability import races_on_papers as papers
from tests.reliability import races_on_texts as texts
from tests.reliability.duels import Duel

Kind = Callable[[House], Duel]
LISTED: Mapping[str, Kind] = {
    kind.__name__: kind
    for kind in (
        texts.table_and_close,
        papers.endorse_and_close,
        papers.endorse_twice,
        papers.endorse_and_reword,
        texts.decide_and_withdraw,
        texts.decide_twice,
        texts.sign_and_withdraw,
        texts.table_twice,
        papers.approve_twice,
        papers.approve_and_assemble,
        papers.approve_and_withdraw,
        papers.the_last_lesson,
        papers.one_key_twice,
        papers.sign_out_twice,
    )
}
"""The kinds that docs/reliability.md promises figures for."""

FURTHER: Mapping[str, Kind] = {
    kind.__name__: kind
    for kind in (
        papers.endorse_and_withdraw,
        texts.sign_twice,
        texts.edit_and_table,
        texts.accept_and_consolidate,
        texts.reopen_and_accept,
        texts.consolidate_twice,
        papers.propose_two_lessons,
        papers.answer_and_resolve,
    )
}
"""Kinds whose locks are the same as those of the others, in another order or by another way in."""
