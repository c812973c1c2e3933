"""Every operation against its description: requests that it allows, and requests that it forbids."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.serving import Demonstration, Server

if TYPE_CHECKING:
    from schemathesis.engine.recorder import ScenarioRecorder

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
FEW, MANY = 3, 400

pytestmark = pytest.mark.slow


@dataclass
class Campaign:
    """What came of many requests: the faults, which operations were asked, and which did at least once what they do."""

    faults: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)

    def note(self, recorder: "ScenarioRecorder") -> None:
        """Take in what a story of requests came to."""
        for name, node in recorder.cases.items():
            operation, interaction = node.value.operation.label, recorder.interactions.get(name)
            self.asked.add(operation)
            answer = interaction.response if interaction is not None else None
            if answer is not None and answer.status_code < 300 and operation.startswith(node.value.method):
                self.done.add(operation)
            for check in recorder.checks.get(name, ()):
                if check.failure_info is not None:
                    said = answer.text[:500] if answer is not None else "no answer"
                    self.faults.append(
                        f"{check.name}: {check.failure_info.failure}\n{node.value.as_curl_command()}\n{said}"
                    )


def campaign(document: dict[str, Any], server: Server, who: str, *, examples: int, edges: bool) -> Campaign:
    """Send what a description allows and what it forbids, as somebody of the demonstration.

    Args:
        document: the description.
        server: a server that may be changed.
        who: whose token is sent.
        examples: how many requests are made up for each operation, and how many stories of several.
        edges: whether every limit of the description is tried from both sides as well.
    """
    # Loaded in the one process that runs this: it is large.
    import schemathesis  # noqa: PLC0415 - see above
    from schemathesis.config import SchemathesisConfig  # noqa: PLC0415 - as above
    from schemathesis.engine import events, from_schema  # noqa: PLC0415 - as above

    config = SchemathesisConfig.from_path(CONFIGURATION)
    ours = config.projects.override
    ours.update(base_url=server.address, headers={"Authorization": f"Bearer {server.tokens[who]}"})
    ours.generation.update(max_examples=examples)
    ours.phases.update(phases=["examples", "fuzzing", "stateful", *(["coverage"] if edges else [])])
    found = Campaign()
    for event in from_schema(schemathesis.openapi.from_dict(document, config=config)).execute():
        if isinstance(event, events.NonFatalError):
            found.faults.append(f"{event.label}: {event.value!r}")
        if isinstance(event, events.ScenarioFinished):
            found.note(event.recorder)
    return found


def held(server: Server, who: str, *, examples: int, edges: bool = False) -> set[str]:
    """Assert that no answer is other than described; return the operations that did what they do."""
    with server.client() as visitor:
        document = visitor.get("/openapi.json").json()
    found = campaign(document, server, who, examples=examples, edges=edges)
    assert found.faults == []
    every = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    assert found.asked == every
    return found.done


@pytest.fixture
def own_target(
    sqlite_demonstration: Demonstration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """A server of this test's own, whatever becomes of its demonstration."""
    monkeypatch.chdir(tmp_path)  # what makes up the requests keeps notes where it runs
    with sqlite_demonstration.served(tmp_path) as server:
        yield server


def test_every_operation_keeps_to_its_description_for_the_facility(own_target: Server) -> None:
    assert len(held(own_target, "facility", examples=FEW, edges=True)) > 35


def test_every_operation_keeps_to_its_description_for_a_city(own_target: Server) -> None:
    assert len(held(own_target, "city1", examples=FEW)) > 30


@pytest.mark.soak
@pytest.mark.parametrize("who", ["facility", "city1", "rapporteur", "approver", "observer"])
def test_every_operation_keeps_to_its_description_for_long(own_target: Server, who: str) -> None:
    held(own_target, who, examples=MANY, edges=True)
