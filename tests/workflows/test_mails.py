from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import text

from service.domain.access import LinkPurpose
from service.domain.actors import Person
from service.domain.errors import Denied
from service.domain.mails import Mail, MailState, PostedMail, Undeliverable
from service.store import jobs
from service.store import mails as store
from service.store.uow import UnitOfWork, UnrecordedChange
from service.workflows import erasure, mails
from service.workflows.context import Context
from service.workflows.jobs import work_once
from service.workflows.people import EnterPerson, enter_person
from service.workflows.ports import Mailing
from tests.counting import counting
from tests.houses import House
from tests.workflows.races import race


def rows(house: House, statement: str) -> list[tuple[object, ...]]:
    with house.database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def a_mail(
    *, person_id: str | None = None, template: str = "sign_in_link", thread: str | None = None
) -> Mail:
    return Mail(template, "ada@city.example", "en", {"at": "now"}, person_id, thread)


def posted(house: House, *wanted: Mail) -> tuple[str, ...]:
    with house.operator.transaction() as work:
        return mails.post_all(house.operator, work, wanted)


def found(house: House, mail_id: str) -> PostedMail:
    with house.database.reading() as connection:
        mail = store.get(connection, mail_id)
    assert mail is not None
    return mail


def sent(house: House) -> list[EmailMessage]:
    assert house.postman is not None
    return house.postman.sent


def post_and_spoil(house: House, work: UnitOfWork) -> None:
    """Post a mail, and change something that nothing explains."""
    mails.post(house.operator, work, a_mail())
    work.persons.add(Person(house.new_id(), "bo@city.example", "Bo", "en", "UTC"))


class Killed(BaseException):
    """The process dies here."""


def test_mail_goes_out_once_and_is_written_down(house: House) -> None:
    (mail_id,) = posted(house, a_mail())
    assert found(house, mail_id).state is MailState.WAITING
    assert house.work() == 1
    mail = found(house, mail_id)
    assert (mail.state, mail.sent_at, mail.error) == (MailState.SENT, house.clock.moment, "")
    assert [m["Message-ID"] for m in sent(house)] == [f"<{mail_id}@example.org>"]
    assert (mail.message_id, mail.mail) == (f"<{mail_id}@example.org>", a_mail())


def test_mail_of_a_transaction_that_fails_does_not_go_out(house: House) -> None:
    with pytest.raises(UnrecordedChange), house.operator.transaction() as work:
        post_and_spoil(house, work)
    assert (house.work(), sent(house), rows(house, "SELECT id FROM mails")) == (0, [], [])


def test_without_a_mail_server_mails_are_kept(house: House) -> None:
    house.postman = None
    (mail_id,) = posted(house, a_mail())
    house.work()
    assert found(house, mail_id).state is MailState.KEPT


@pytest.mark.parametrize("point", ["send_mail.before", "send_mail.before_commit", "send_mail.after"])
def test_worker_that_dies_anywhere_sends_under_one_message_id(house: House, point: str) -> None:
    (mail_id,) = posted(house, a_mail())

    def dying(here: str) -> None:
        if here == point:
            raise Killed

    with pytest.raises(Killed):
        work_once(house.operator, dying)
    house.clock.moment += jobs.LEASE + timedelta(seconds=1)
    house.work()
    assert {m["Message-ID"] for m in sent(house)} == {f"<{mail_id}@example.org>"}
    assert len(sent(house)) == (2 if point == "send_mail.before_commit" else 1)
    assert rows(house, "SELECT state FROM mails") == [("sent",)]
    assert rows(house, "SELECT state FROM jobs") == [("done",)]


def test_server_that_is_away_is_tried_again(house: House) -> None:
    (mail_id,) = posted(house, a_mail())
    assert house.postman is not None

    def away(_: EmailMessage) -> None:
        raise ConnectionRefusedError("nobody is in")

    house.postman.before = away
    house.work()
    mail = found(house, mail_id)
    assert (mail.state, mail.error) == (MailState.WAITING, "nobody is in")
    house.postman.before = lambda _: None
    house.clock.advance(seconds=2)
    house.work()
    assert (found(house, mail_id).state, found(house, mail_id).error) == (MailState.SENT, "")


def test_mail_that_is_refused_for_good_waits_for_a_person_at_once(house: House) -> None:
    (mail_id,) = posted(house, a_mail())
    assert house.postman is not None

    def refuse(_: EmailMessage) -> None:
        raise Undeliverable("550 no such person")

    house.postman.before = refuse
    house.work()
    assert (found(house, mail_id).state, found(house, mail_id).error) == (
        MailState.FAILED,
        "550 no such person",
    )
    assert rows(house, "SELECT state, attempts, error FROM jobs") == [
        ("failed", 1, "Undeliverable: 550 no such person")
    ]


def test_mail_is_given_up_with_its_last_attempt(house: House) -> None:
    (mail_id,) = posted(house, a_mail())
    assert house.postman is not None

    def away(_: EmailMessage) -> None:
        raise TimeoutError("no answer")

    house.postman.before = away
    for _ in range(jobs.ATTEMPTS):
        assert found(house, mail_id).state is MailState.WAITING
        house.work()
        house.clock.moment += jobs.LONGEST_PAUSE
    assert found(house, mail_id).state is MailState.FAILED


def test_mails_of_a_thread_refer_to_those_before_to_the_same_reader(house: House) -> None:
    first, second, other = posted(
        house,
        a_mail(thread="T1"),
        a_mail(thread="T1"),
        Mail("sign_in_link", "bo@city.example", "en", {}, thread="T1"),
    )
    house.work()
    assert {m["Message-ID"]: m["References"] for m in sent(house)} == {
        f"<{first}@example.org>": "",
        f"<{second}@example.org>": f"<{first}@example.org>",
        f"<{other}@example.org>": "",
    }


def test_secret_link_is_made_when_the_mail_is_sent_and_rests_nowhere(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = enter_person(house.operator, EnterPerson("ada@city.example", "Ada"))
    made: list[tuple[LinkPurpose, str]] = []

    def make(work: UnitOfWork, ctx: Context, purpose: LinkPurpose, person_id: str, _: str | None) -> str:
        del work, ctx
        made.append((purpose, person_id))
        return "s3cret"

    mail = Mail("sign_in_link", "ada@city.example", "en", {}, person_id=person, link=LinkPurpose.SIGN_IN)
    posted(house, mail)
    assert made == []
    monkeypatch.setattr(House, "mailing", Mailing(house.letters, house.postman, make))
    house.work()
    assert made == [(LinkPurpose.SIGN_IN, person)]
    assert "s3cret" in sent(house)[0].get_content()
    assert [row for row in rows(house, "SELECT * FROM mails") if "s3cret" in str(row)] == []


def test_worker_that_lost_its_lease_leaves_the_mail_to_the_next_one(house: House) -> None:
    (mail_id,) = posted(house, a_mail())

    def overtaken(point: str) -> None:
        if point == "send_mail.before":
            house.clock.moment += jobs.LEASE + timedelta(seconds=1)
            assert work_once(house.operator)

    assert work_once(house.operator, overtaken)
    assert {message["Message-ID"] for message in sent(house)} == {found(house, mail_id).message_id}
    assert rows(house, "SELECT state, error FROM mails") == [("sent", "")]


def test_nothing_is_written_to_whoever_was_erased_since_it_was_thought_of(house: House) -> None:
    ada = enter_person(house.operator, EnterPerson("ada@city.example", "Ada"))
    thought_of = Mail("mention", "ada@city.example", "en", {}, person_id=ada)
    erasure.erase(house.operator, ada)
    assert posted(house, thought_of, a_mail()) == tuple(rows(house, "SELECT id FROM mails")[0])
    with house.operator.transaction() as work:
        assert not mails.post(house.operator, work, thought_of)
    assert len(rows(house, "SELECT id FROM mails")) == 1


def test_whoever_is_erased_while_being_written_to_keeps_no_mail(house: House) -> None:
    ada = enter_person(house.operator, EnterPerson("ada@city.example", "Ada"))
    thought_of = Mail("mention", "ada@city.example", "en", {}, person_id=ada)
    told = race(lambda: posted(house, thought_of), lambda: erasure.erase(house.operator, ada))
    assert told[0] == "done"
    assert rows(house, "SELECT id FROM mails") == []


def test_only_the_house_itself_sends(house: House) -> None:
    posted(house, a_mail())
    job = jobs.claim(house.database, "one")
    assert job is not None
    with pytest.raises(Denied):
        mails.send(house.stranger, job)


def test_three_mails_are_posted_at_the_cost_of_one(house: House) -> None:
    costs = []
    for count in (1, 3):
        with counting(house) as statements:
            posted(house, *(a_mail(thread=f"T{n}") for n in range(count)))
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_link_that_somebody_waits_for_goes_before_what_was_posted_earlier(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(work: UnitOfWork, ctx: Context, purpose: LinkPurpose, person_id: str, _: str | None) -> str:
        del work, ctx, purpose
        return person_id

    monkeypatch.setattr(House, "mailing", Mailing(house.letters, house.postman, make))
    posted(house, *(a_mail(thread=f"T{n}") for n in range(3)))
    house.clock.advance(minutes=5)
    posted(house, Mail("sign_in_link", "bo@city.example", "en", {}, link=LinkPurpose.SIGN_IN))
    house.work()
    assert [message["To"] for message in sent(house)] == ["bo@city.example", *["ada@city.example"] * 3]
