from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from service.domain.actors import OrganisationKind, Scope
from service.domain.adoption import AdoptionRule, Share
from service.domain.phases import Phase
from service.store.types import Facts, Rule, Timetable, Words
from service.workflows import agendas
from tests.builders import a_world, creation
from tests.houses import House


def test_a_rule_comes_back_as_it_went() -> None:
    rule = AdoptionRule(
        (OrganisationKind.LOCAL_AUTHORITY, OrganisationKind.NETWORK),
        Share(1, 2),
        Share(2, 3),
        2,
        silence=True,
    )
    assert Rule().read(Rule().write(rule)) == rule


def test_a_timetable_comes_back_in_utc() -> None:
    at = datetime(2026, 1, 5, 12, tzinfo=timezone(timedelta(hours=3)))
    assert Timetable().read(Timetable().write({Phase.AMENDING: at})) == {
        Phase.AMENDING: datetime(2026, 1, 5, 9, tzinfo=UTC)
    }


def test_words_come_back_as_members_of_their_enumeration() -> None:
    words = Words(Scope)
    assert words.read(words.write((Scope.AMEND, Scope.COMMENT))) == (Scope.AMEND, Scope.COMMENT)
    assert Words().read(Words().write(("eau", "été"))) == ("eau", "été")


def test_facts_are_written_in_one_way() -> None:
    assert Facts().write({"b": 1, "a": "é"}) == '{"a":"é","b":1}'


def test_what_an_agenda_holds_comes_back_as_it_went(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)
    at = datetime(2026, 2, 1, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))
    command = replace(creation(), timetable={Phase.PREPARATION: at})
    agenda = agendas.create(ctx, command)
    with ctx.transaction() as work:
        stored = work.agendas.get(agenda)
        assert (stored.rule, stored.timetable, stored.phase_closes_at) == (
            command.rule,
            {Phase.PREPARATION: at},
            at,
        )
        assert stored.phase_closes_at is not None
        assert stored.phase_closes_at.tzinfo is UTC
        assert (stored.starts_on, stored.phase, stored.invented) == (command.starts_on, "preparation", True)


def test_a_time_without_its_zone_is_not_written(house: House) -> None:
    world = a_world(house)

    def close_somewhere() -> None:
        with house.operator.transaction() as work:
            work.agendas.get(world.agenda).phase_closes_at = datetime(2026, 1, 1)  # noqa: DTZ001 - that is the point

    with pytest.raises(StatementError, match="a moment needs its time zone"):
        close_somewhere()
