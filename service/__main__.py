"""The command `sympolity`: serve, worker, migrate, demo, token, publish, renew, verify, export, the tables and more."""

import argparse
import sys
from collections.abc import Sequence

from service.commands import COMMANDS
from service.domain.errors import Refusal
from service.settings import SettingError

FAILED = 1
MISUSED = 64


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="sympolity", description=__doc__)
    below = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        sub = below.add_parser(
            command.name,
            help=command.summary,
            description=command.summary,
            epilog=f"example: {command.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code: 0 done, 1 refused, 64 misused; `verify` has its own."""
    asked = parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
    except SettingError as wrong:
        sys.stderr.write(f"sympolity: {wrong}\n")
        return MISUSED
    except Refusal as refusal:
        sys.stderr.write(f"sympolity: {refusal.message}\n")
        for error in refusal.errors:
            sys.stderr.write(f"  {error.field}: {error.message}\n")
        return FAILED
    return code


if __name__ == "__main__":
    sys.exit(main())
