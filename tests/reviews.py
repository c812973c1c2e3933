"""What EU services do in a round: builders for the review."""

from dataclasses import replace

from service.domain.assessments import EvidenceStrength, Finding, PolicyFit
from service.workflows import assessments
from service.workflows.assessments import GiveAssessment
from tests.worlds import Member, World

FOUND = Finding(
    PolicyFit.NEEDS_NEW, EvidenceStrength.SOME, "No line for contacts yet.", "Two results.", "Chapter 4"
)


def assessing(world: World, *, by: Member | None = None, finding: Finding = FOUND) -> GiveAssessment:
    """Return the command by which a service assesses the current version."""
    text = world.text
    member = by or world.service
    return GiveAssessment(world.recommendation, member.organisation, text.id, text.digest, finding)


def an_assessment(world: World, *, by: Member | None = None, fit: PolicyFit = PolicyFit.NEEDS_NEW) -> str:
    """Let an EU service assess the current version; returns the assessment's id."""
    member = by or world.service
    command = assessing(world, by=member, finding=replace(FOUND, fit=fit))
    return assessments.give(world.acting(member), command)
