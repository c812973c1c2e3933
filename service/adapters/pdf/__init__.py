"""The paper: one rendering of a snapshot, as a tagged PDF (PDF/UA-1) made to last (PDF/A-3a)."""

import gc


def load() -> None:
    """Load what it takes to render."""
    from service.adapters.pdf import apart, courtesy, render  # noqa: F401, PLC0415 - large, and only needed apart


def answer(given: bytes) -> bytes:
    """Return the paper, its draft, or the courtesy translation that is asked for."""
    from service.adapters.pdf import apart, courtesy, render  # noqa: PLC0415 - as above

    # What is drawn is kept until the process ends; to look for rubbish in it again and again would find none.
    gc.disable()
    if apart.is_courtesy(given):
        tree, identifier, made_at = apart.read_courtesy(given)
        return courtesy.render_courtesy(tree, identifier=identifier, made_at=made_at)
    snapshot, approval, verify_url = apart.read_request(given)
    if not verify_url:
        return render.render_draft(snapshot)
    return render.render(snapshot, approval, verify_url=verify_url)
