"""How what happened is written down for a mail: plain values, which stay what they are whenever they are read."""

from collections.abc import Sequence

from service.domain.text.sentences import Sentence


def told_change(sentences: Sequence[Sentence]) -> list[dict[str, object]]:
    """Return sentences about a change as plain values, to be said in the reader's language."""
    return [{"template": s.template, "values": dict(s.values), "plural": s.plural} for s in sentences]
