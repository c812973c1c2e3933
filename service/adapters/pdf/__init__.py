"""The paper: one rendering of a snapshot, as a tagged PDF (PDF/UA-1) made to last (PDF/A-3a)."""


def load() -> None:
    """Load what it takes to render."""
    from service.adapters.pdf import apart, render  # noqa: F401, PLC0415 - large, and only needed apart


def answer(given: bytes) -> bytes:
    """Return the paper, or its draft, that is asked for."""
    from service.adapters.pdf import apart, render  # noqa: PLC0415 - as above

    snapshot, approval, verify_url = apart.read_request(given)
    if not verify_url:
        return render.render_draft(snapshot)
    return render.render(snapshot, approval, verify_url=verify_url)
