"""The first meeting, decided and published."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from service.demo.content.brussels import amendments, findings, positions, recommendations, translations
from service.demo.content.model import FixedStep, Meeting
from service.domain.actors import OrganisationKind
from service.domain.adoption import AdoptionRule, Share

ZONE = ZoneInfo("Europe/Brussels")

BRUSSELS = Meeting(
    key="brussels",
    title="Brussels 2023",
    headline="First common asks of the city partnerships",
    description="The asks of the first global meeting of the Partnerships for Sustainable Cities, Brussels, 7–9 March 2023, as the demonstration imagines them. The cities, their people, their positions and the figures quoted are invented.",
    programme="Partnerships for Sustainable Cities",
    meeting="First global meeting",
    place="Brussels",
    starts_on=date(2023, 3, 7),
    ends_on=date(2023, 3, 9),
    time_zone="Europe/Brussels",
    language="en",
    rule=AdoptionRule(
        counts=(OrganisationKind.LOCAL_AUTHORITY,),
        quorum=Share(3, 10),
        threshold=Share(3, 4),
        blocking_objections=4,
    ),
    timetable=(
        FixedStep("preparation", datetime(2022, 11, 18, 18, tzinfo=ZONE)),
        FixedStep("commenting", datetime(2022, 12, 16, 18, tzinfo=ZONE)),
        FixedStep("amending", datetime(2023, 1, 27, 18, tzinfo=ZONE)),
        FixedStep("consolidation", datetime(2023, 2, 17, 18, tzinfo=ZONE)),
        FixedStep("endorsement", datetime(2023, 3, 8, 18, tzinfo=ZONE)),
        FixedStep("publication", datetime(2023, 3, 9, 13, tzinfo=ZONE)),
        FixedStep("follow_up", datetime(2024, 2, 29, 18, tzinfo=ZONE)),
    ),
    wave_phases={1: 2},
    current_phase=6,
    recommendations=recommendations.RECOMMENDATIONS,
    amendments=amendments.AMENDMENTS,
    threads=findings.THREADS,
    evidence=findings.EVIDENCE,
    lessons=findings.LESSONS,
    positions=positions.POSITIONS,
    translations=translations.TRANSLATIONS,
)
