"""The second meeting, in the middle of its amending phase."""

from datetime import date, time

from service.demo.content.barcelona import (
    assessments,
    cities,
    cities_amendments,
    delegations,
    delegations_amendments,
    evidence,
    headquarters,
    headquarters_amendments,
    lessons,
    others,
    others_amendments,
    threads_institutions,
    threads_partners,
    translations,
)
from service.demo.content.model import Meeting, RelativeStep
from service.domain.actors import OrganisationKind
from service.domain.adoption import AdoptionRule, Share

EVENING = time(18, 0)

BARCELONA = Meeting(
    key="barcelona",
    title="Barcelona 2024",
    headline="What 57 city partnerships ask of the European Union",
    description="The advocacy agenda of the second global meeting of the Partnerships for Sustainable Cities, Barcelona, 12–14 March 2024. The cities, their people and the figures quoted are invented for the demonstration.",
    programme="Partnerships for Sustainable Cities",
    meeting="Second global meeting",
    place="Barcelona",
    starts_on=date(2024, 3, 12),
    ends_on=date(2024, 3, 14),
    time_zone="Europe/Brussels",
    language="en",
    rule=AdoptionRule(
        counts=(OrganisationKind.LOCAL_AUTHORITY,),
        quorum=Share(1, 2),
        threshold=Share(3, 4),
        blocking_objections=4,
    ),
    # The first reading was consolidated into version 2 where something was accepted; the second is open.
    timetable=(
        RelativeStep("preparation", -75, EVENING),
        RelativeStep("commenting", -45, EVENING),
        RelativeStep("amending", -24, EVENING),
        RelativeStep("consolidation", -12, EVENING),
        RelativeStep("amending", 30, EVENING),
        RelativeStep("consolidation", 44, EVENING),
        RelativeStep("endorsement", 65, EVENING),
        RelativeStep("publication", 72, EVENING),
        RelativeStep("follow_up", 437, EVENING),
    ),
    wave_phases={1: 2, 2: 4},
    current_phase=4,
    recommendations=(
        headquarters.RECOMMENDATIONS
        + delegations.RECOMMENDATIONS
        + cities.RECOMMENDATIONS
        + others.RECOMMENDATIONS
    ),
    amendments=(
        headquarters_amendments.AMENDMENTS
        + delegations_amendments.AMENDMENTS
        + cities_amendments.AMENDMENTS
        + others_amendments.AMENDMENTS
    ),
    threads=threads_institutions.THREADS + threads_partners.THREADS,
    evidence=evidence.EVIDENCE,
    lessons=lessons.LESSONS,
    assessments=assessments.ASSESSMENTS,
    translations=translations.TRANSLATIONS,
)
