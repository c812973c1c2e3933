"""The doors to an agenda seen from above: they show what is visible to the reader, as those of `ways_in.VISIBLE` do."""

OVERVIEWS = frozenset(
    {
        "GET /agendas/{agenda_id}/document.md",
        "GET /agendas/{agenda_id}/positions.csv",
        "GET /agendas/{agenda_id}/timeline",
        "GET /recommendations/{recommendation_id}/timeline",
        "GET /api/v1/agendas/{agenda_id}/activity",
        "GET /api/v1/agendas/{agenda_id}/contested",
        "GET /api/v1/agendas/{agenda_id}/convergence",
        "GET /api/v1/agendas/{agenda_id}/partnerships",
        "GET /api/v1/agendas/{agenda_id}/positions",
    }
)
