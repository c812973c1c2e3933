"""Print tables: the text core beside other libraries, the record, papers, and the service beside a bare application.

What is compared is measured in turns in the same run. Below the service stands what 57 partnerships ask of it in one
minute, and what the pages cost where a crowd is at one recommendation; `positions` and `crowd` print those alone.
`papers` prints what a paper costs, beside WeasyPrint where that is installed.

Usage: python -m bench [text | record | papers | service | positions | crowd] [seconds per turn] [turns]

Exits 0 when every goal is reached, 1 when one is not.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from bench import COMMENTS, crowd, papers, positions, record, servers, text
from bench.load import Slice, Target, get, post, press

ENOUGH_ARGUMENTS = 2
TABLES = {"text", "record", "papers", "service"}
# One caller tables more than a person ever would: each change is counted as always, and none refused.
UNLIMITED = {"SYMPOLITY_WRITES_PER_MINUTE": "1000000"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that both servers do, and the least ratio of their rates that is good enough, if any is named."""

    name: str
    limit: Target
    ours: Target
    goal: float | None = None


def main(arguments: list[str]) -> int:
    """Print the table that is asked for, or all; return 0 when every goal is reached, 1 when one is not."""
    if arguments[:1] == ["positions"]:
        return positions.main()
    if arguments[:1] == ["crowd"]:
        return crowd.main()
    asked = TABLES.intersection(arguments[:1])
    wanted = asked or TABLES
    codes = [text.main()] if "text" in wanted else []
    if "record" in wanted:
        codes.append(record.main([]))
    if "papers" in wanted:
        codes.append(papers.main())
    if "service" in wanted:
        codes += [service(arguments[len(asked) :]), positions.main(), crowd.main()]
    return max(codes)


def service(arguments: list[str]) -> int:
    """Run both servers, compare them, print the table."""
    seconds = float(arguments[0]) if arguments else 3.0
    turns = int(arguments[1]) if len(arguments) >= ENOUGH_ARGUMENTS else 5
    with tempfile.TemporaryDirectory(prefix="sympolity-bench-") as folder:
        own, other = Path(folder, "sympolity"), Path(folder, "bare")
        own.mkdir()
        other.mkdir()
        with servers.bare(other) as bare, servers.sympolity(own, UNLIMITED) as sympolity:
            table = [measure(comparison, seconds, turns) for comparison in comparisons(bare, sympolity)]
    print(f"\nThe service: {turns} turns of {seconds:g} s each on SQLite, 16 connections, medians\n")
    print(f"{'':38}{'bare':>9}{'Sympolity':>11}{'ratio':>8}{'goal':>7}{'p99 bare':>11}{'p99':>9}")
    for row, _ in table:
        print(row)
    return 0 if all(reached for _, reached in table) else 1


def measure(comparison: Comparison, seconds: float, turns: int) -> tuple[str, bool]:
    """Load both in turns, so that what else the machine does hits both; return the row and whether it is good."""
    press(comparison.limit, 1)
    press(comparison.ours, 1)
    pairs = [(press(comparison.limit, seconds), press(comparison.ours, seconds)) for _ in range(turns)]
    limit, ours = (middle([pair[side] for pair in pairs]) for side in (0, 1))
    ratio = median(own.rate / other.rate for other, own in pairs)
    reached = comparison.goal is None or ratio >= comparison.goal
    goal = "" if comparison.goal is None else f"{comparison.goal:.0%}"
    row = (
        f"{comparison.name:38}{limit.rate:7.0f}/s{ours.rate:9.0f}/s{ratio:8.0%}{goal:>7}"
        f"{limit.p99:8.0f} ms{ours.p99:6.0f} ms{'' if reached else '  below the goal'}"
    )
    return row, reached


def middle(slices: list[Slice]) -> Slice:
    """Return the medians of some slices."""
    return Slice(median(s.rate for s in slices), median(s.p99 for s in slices))


def comparisons(bare: servers.Server, service: servers.Server) -> list[Comparison]:
    """Prepare the service's data, and return what is compared."""
    token = service.token("city1@example.org", "comment", "amend")
    (agenda,) = [a for a in service.ask("/api/v1/agendas")["items"] if a["phase"] == "amending"]
    recommendations = service.ask(f"/api/v1/agendas/{agenda['id']}/recommendations")["items"]
    # The page shows amendments too, and the bare one has none: the two with the fewest come closest.
    read, amended = sorted(recommendations, key=lambda one: int(one["amendments"]))[:2]
    place = f"/api/v1/recommendations/{read['id']}"
    for number in range(COMMENTS - read["comments"]):
        service.ask(
            f"{place}/comments", token=token, body={"text": f"A remark that repeats itself, {number}."}
        )
    # Both take the same bodies; only one of them has rules.
    body, tabling = amendments(service, amended), f"/api/v1/recommendations/{amended['id']}/amendments"
    path, numbers = f"/recommendations/{read['id']}", count()
    plain = Target("bare", bare.port, lambda: get("/1", "text/html"), 200)
    return [
        Comparison(
            f"a recommendation with {COMMENTS} comments",
            plain,
            Target("Sympolity", service.port, lambda: get(path, "text/html"), 200),
            0.5,
        ),
        Comparison(
            "the same, made anew for each reader",
            plain,
            # What is asked behind the address belongs to the name under which a page is shared.
            Target("Sympolity", service.port, lambda: get(f"{path}?n={next(numbers)}", "text/html"), 200),
        ),
        Comparison(
            "tabling an amendment",
            Target("bare", bare.port, lambda: post("/1/amendments", body()), 201),
            Target("Sympolity", service.port, lambda: post(tabling, body(), token=token), 201),
            0.4,
        ),
    ]


def amendments(service: servers.Server, recommendation: dict[str, Any]) -> Callable[[], bytes]:
    """Return what makes the bodies of amendments, no two of which are the same."""
    version = service.ask(f"/api/v1/versions/{recommendation['current_version']['id']}")
    blocks = version["blocks"]
    numbers = count()

    def body() -> bytes:
        changed = {**blocks[1], "text": f"{blocks[1]['text']} Number {next(numbers)}."}
        said = {
            "base_version": version["id"],
            "blocks": [blocks[0], changed, *blocks[2:]],
            "justification": "Because it is clearer.",
        }
        return json.dumps(said).encode()

    return body


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
