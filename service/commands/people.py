"""Commands about people."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime, timedelta

from service.app import build
from service.commands.command import Command
from service.domain.actors import Scope
from service.settings import read_settings
from service.store.identity import Identity
from service.workflows import access, erasure

DEFAULT_DAYS = 90
MOST_DAYS = 365


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise ArgumentTypeError(f"give a number from 1 to {MOST_DAYS}")
    return int(text)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", help="the address of the person whom the token is for")
    parser.add_argument(
        "--scope",
        action="append",
        choices=[s.value for s in Scope],
        help="what the token may be used for, as far as the person's mandates go; repeat it for more (default: all)",
    )
    parser.add_argument(
        "--days",
        type=_days,
        default=DEFAULT_DAYS,
        help="how many days it lasts (default: %(default)s)",
    )


def _token(asked: Namespace) -> int:
    house = build(read_settings())
    scopes = tuple(Scope(s) for s in asked.scope) if asked.scope else tuple(Scope)
    expires_at = datetime.now(UTC) + timedelta(days=asked.days)
    command = access.IssueToken(asked.email, scopes, expires_at)
    _, secret = access.issue_token(house.context(Identity(operator=True)), command)
    sys.stdout.write(f"{secret}\n")
    sys.stderr.write("This is shown once. Send it as: Authorization: Bearer …\n")
    return 0


def _whom(parser: ArgumentParser) -> None:
    parser.add_argument("email", help="the address of the person to erase")


def _erase(asked: Namespace) -> int:
    erasure.erase_by_address(build(read_settings()).context(Identity(operator=True)), asked.email)
    sys.stdout.write(
        "What was known of this person is erased. Backups and server logs are yours to see to.\n"
    )
    return 0


ERASE = Command(
    "erase",
    "Erase what is known of a person; what they did for organisations stays, and the record's proofs hold.",
    "sympolity erase city1@example.org",
    _erase,
    _whom,
)
TOKEN = Command(
    "token",
    "Issue an API token for a person and print it.",
    "sympolity token city1@example.org --scope amend --days 30",
    _token,
    _arguments,
)
