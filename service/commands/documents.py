"""Commands that print the tables which the code, the tests and the documentation share."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import fields

from service import ways_in
from service.api.description import openapi_bytes
from service.api.problems import status_of
from service.app import described
from service.commands.command import Command
from service.domain import (
    amendments,
    assessments,
    comments,
    editions,
    invitations,
    lessons,
    phases,
    positions,
    recommendations,
    signatories,
    translations,
    webhooks,
)
from service.domain.errors import REFUSALS
from service.domain.events import EVENTS
from service.domain.permissions import POLICY
from service.domain.phases import BOUND_BY_DEADLINE, CAPABILITIES
from service.settings import PREFIX, Settings, read_settings
from service.web import catalogue, paper_words

MACHINES = (
    phases.MOVES,
    recommendations.LIFECYCLE,
    amendments.LIFECYCLE,
    comments.LIFECYCLE,
    positions.LIFECYCLE,
    assessments.LIFECYCLE,
    lessons.LIFECYCLE,
    translations.LIFECYCLE,
    editions.LIFECYCLE,
    signatories.LIFECYCLE,
    invitations.LIFECYCLE,
    webhooks.LIFECYCLE,
    webhooks.DELIVERIES,
)
_NOTE = "<!-- Generated from the code by `make generated`. -->\n"


def _openapi(_: Namespace) -> int:
    sys.stdout.buffer.write(openapi_bytes(described(read_settings())))
    return 0


def _table(title: str, intro: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [f"## {title}", "", *([intro, ""] if intro else [])]
    lines += [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]
    return "\n".join(lines) + "\n"


def _permissions(_: Namespace) -> int:
    rows = [
        (f"`{permission}`", "<br>or ".join(", and ".join(rule.name for rule in row) for row in alternatives))
        for permission, alternatives in POLICY.items()
    ]
    table = _table("Who may do what", "", ("permission", "granted to whoever"), rows)
    intro = "A way in that is not in this table keeps the service from starting."
    ways = _table(
        "What each way in asks for",
        intro,
        ("way in", "asks for"),
        [(f"`{w}`", a) for w, a in ways_in.in_words()],
    )
    sys.stdout.write(f"# Permissions\n\n{_NOTE}\n{table}\n{ways}")
    return 0


def _states(_: Namespace) -> int:
    parts = [f"# States\n\n{_NOTE}"]
    for machine in MACHINES:
        moves = [(f"`{s}`", f"`{a}`", f"`{t}`") for (s, a), t in machine.moves.items()]
        intro = f"It begins as `{machine.initial}`. Anything that is not in this table is refused."
        parts.append(_table(machine.name.capitalize(), intro, ("from", "action", "to"), moves))
    opened = [
        (f"`{phase}`", ", ".join(f"`{c}`" for c in sorted(capabilities)) or "nothing")
        for phase, capabilities in CAPABILITIES.items()
    ]
    late = ", ".join(f"`{c}`" for c in sorted(BOUND_BY_DEADLINE))
    parts.append(
        _table(
            "What each phase opens",
            f"After the phase's deadline these are closed: {late}.",
            ("phase", "opens"),
            opened,
        )
    )
    sys.stdout.write("\n".join(parts))
    return 0


def _errors(_: Namespace) -> int:
    rows = [
        (f"`{code}`", str(status_of(refusal)), refusal.template.replace("|", "\\|"))
        for code, refusal in sorted(REFUSALS.items())
    ]
    refused = _table("Refusals", "", ("code", "HTTP status", "what it says"), rows)
    happened = _table(
        "Events",
        "What the record holds.",
        ("event", "meaning"),
        [(f"`{name}`", (event.__doc__ or "").splitlines()[0]) for name, event in sorted(EVENTS.items())],
    )
    sys.stdout.write(f"# Refusals and events\n\n{_NOTE}\n{refused}\n{happened}")
    return 0


def _settings(_: Namespace) -> int:
    rows = [
        (f"`{PREFIX}{f.name.upper()}`", f"`{f.default}`" if f.default else "", f.metadata["meaning"])
        for f in fields(Settings)
    ]
    table = _table("Environment variables", "", ("variable", "default", "meaning"), rows)
    sys.stdout.write(f"# Settings\n\n{_NOTE}\n{table}")
    return 0


def _sentences(arguments: Namespace) -> int:
    if arguments.paper:
        sys.stdout.write(paper_words.voice(arguments.paper))
        return 0
    sys.stdout.write(catalogue.translated(arguments.language) if arguments.language else catalogue.template())
    return 0


def _sentences_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--language", default="", metavar="TAG", help="with what this language has translated"
    )
    parser.add_argument(
        "--paper", default="", metavar="TAG", help="how the paper speaks this language, as a file"
    )


OPENAPI = Command("openapi", "Print the API's description.", "sympolity openapi > openapi.json", _openapi)
PERMISSIONS = Command("permissions", "Print who may do what.", "sympolity permissions", _permissions)
STATES = Command("states", "Print every state table.", "sympolity states", _states)
ERRORS = Command("errors", "Print every refusal and every event.", "sympolity errors", _errors)
SETTINGS = Command("settings", "Print every setting.", "sympolity settings", _settings)
SENTENCES = Command(
    "sentences",
    "Print every sentence that a translator has to know.",
    "sympolity sentences --language fr",
    _sentences,
    _sentences_options,
)
