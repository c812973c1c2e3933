"""A Dockerfile as its steps, as far as this project's own needs."""

import json
import re
import shlex
from dataclasses import dataclass

CONTINUED = re.compile(r"\\\n")


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction with its words, and the number of the stage that it belongs to."""

    stage: int
    instruction: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The words of a shell form, or the items of an exec form."""
        items: list[str] = json.loads(self.rest) if self.rest.startswith("[") else shlex.split(self.rest)
        return items


def parse(text: str) -> list[Step]:
    """Return the steps in their order."""
    steps: list[Step] = []
    stage = -1
    for line in CONTINUED.sub(" ", text).splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        instruction, _, rest = line.strip().partition(" ")
        stage += instruction == "FROM"
        steps.append(Step(stage, instruction, rest.strip()))
    return steps
