"""How a verification is written down beside an edition and read back."""

import json
from datetime import datetime

from service.domain.verification import Finding, Sentence, Verdict, Verification


def to_json(verification: Verification) -> str:
    """Return a verification as JSON."""
    return json.dumps(
        {
            "verdict": verification.verdict.value,
            "sentences": [
                {"finding": s.template.name, "values": dict(s.values)} for s in verification.sentences
            ],
            "signer": verification.signer,
            "signed_at": _written(verification.signed_at),
            "timestamped_at": _written(verification.timestamped_at),
            "digest": verification.digest,
            "title": verification.title,
            "edition": verification.edition,
            "demo": verification.demo,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def from_json(text: str) -> Verification:
    """Read a verification back."""
    data = json.loads(text)
    return Verification(
        verdict=Verdict(data["verdict"]),
        sentences=tuple(Sentence(Finding[s["finding"]], s["values"]) for s in data["sentences"]),
        signer=data["signer"],
        signed_at=_read(data["signed_at"]),
        timestamped_at=_read(data["timestamped_at"]),
        digest=data["digest"],
        title=data["title"],
        edition=data["edition"],
        demo=data["demo"],
    )


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None
