"""The first meeting, decided and published."""

from datetime import datetime
from zoneinfo import ZoneInfo

from service.demo.content.brussels import amendments, findings, positions, recommendations
from service.demo.content.model import AdoptionRule, FixedStep, Meeting

ZONE = ZoneInfo("Europe/Brussels")

BRUSSELS = Meeting(
    key="brussels",
    name="Brussels 2023",
    title="First common asks of the city partnerships",
    description="The asks of the first global meeting of the Partnerships for Sustainable Cities, Brussels, 7–9 March 2023, as the demonstration imagines them. The cities, their people, their positions and the figures quoted are invented.",
    place="Brussels, 7–9 March 2023",
    rule=AdoptionRule(quorum=29, threshold_percent=75, blocking_objections=4, silence=False),
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
)
