"""What stands in for the printer, the seal and the mail: quick, and honest about whether a paper was changed."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service.adapters.notary import Ed25519Notary
from service.domain import publication
from service.domain.errors import Refusal
from service.domain.mails import Envelope, Mail
from service.domain.publication import Approval, Snapshot
from service.domain.renditions import Rendition
from service.domain.seals import KeyPlace, SealDescription, SigningPerson, Term
from service.domain.signatory_keys import SignatoryKey
from service.domain.verification import Finding, Sentence, Verdict, Verification
from service.domain.webhooks import Answer

SIGNER = "Coordination facility (invented)"
SEALED_AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
BEGINS, ENDS = datetime(2022, 1, 1, tzinfo=UTC), datetime(2051, 1, 1, tzinfo=UTC)
SEAL = SealDescription(
    "CN=Test seal", "CN=Test root", "1f", "ab" * 32, BEGINS, ENDS, "RSA, 3072 bits", demo=True, timestamps=""
)
_SEAL = b"\n%seal "
_STAMP = b"\n%stamp "


def a_notary(name: str = "sympolity.example") -> Ed25519Notary:
    """Return a notary whose key everybody knows."""
    return Ed25519Notary(name, Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32)[:32]))


def _quietly(_: str) -> None:
    """Let every step pass."""


@dataclass
class FakeRenderer:
    """Prints the digest of what it was given; `before` can refuse or wait, and `printed` counts."""

    before: Callable[[str], None] = _quietly
    printed: list[str] = field(default_factory=list)
    maker: str = "fake"
    approvals: list[Approval] = field(default_factory=list)

    def render(self, snapshot: Snapshot, approval: Approval) -> bytes:
        self.before("render")
        digest = publication.digest(snapshot)
        self.printed.append(digest)
        self.approvals.append(approval)
        facts = {
            "digest": digest,
            "title": snapshot.title,
            "edition": snapshot.edition,
            "demo": snapshot.demo,
            "approved_by": approval.approved_by,
            "record": {"size": str(snapshot.record.sequence), "root": snapshot.record.hash},
        }
        return b"%PDF-fake\n" + json.dumps(facts, sort_keys=True).encode()

    def draft(self, snapshot: Snapshot) -> bytes:
        self.before("draft")
        digest = publication.digest(snapshot)
        self.printed.append(digest)
        return f"%PDF-fake DRAFT {digest}".encode()

    def courtesy(self, tree: Rendition, identifier: str, made_at: datetime) -> bytes:
        self.before("courtesy")
        self.printed.append(identifier)
        return f"%PDF-fake COURTESY {tree.language} {tree.running.head} {identifier} {made_at}".encode()


@dataclass
class FakeSealer:
    """Appends the SHA-256 of what it seals and of what it stamps, and checks both to the last byte."""

    ready: bool = True
    before: Callable[[str], None] = _quietly
    seal: SealDescription = SEAL
    until: datetime | None = ENDS
    """When the authority's certificate ends by which it stamps."""
    certificates: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    keys: Mapping[str, SignatoryKey] = field(default_factory=dict)
    """The keys of people by their addresses, where more is to be told of them than certificates and terms."""
    signing: list[tuple[str, ...]] = field(default_factory=list)
    away: type[Refusal] | None = None
    """What it refuses with where its key cannot be reached."""
    certificate: str | None = None
    """The SHA-256 of the certificate under which it seals, where it tells it."""
    asks: bool = True
    """Whether it asks under which certificates papers were published."""
    expected: frozenset[str] = frozenset()
    """Under which certificates a paper had to be sealed that it checked last."""

    def is_ready(self) -> bool:
        return self.ready

    def roots(self) -> bytes:
        return b"# The facility's root\n"

    def describe(self, *, patiently: bool = False) -> SealDescription:  # noqa: ARG002 - as every sealer
        self._reach()
        return self.seal

    def key_of(self, person: SigningPerson, *, patiently: bool = False) -> SignatoryKey | None:
        if patiently:
            self.before(f"key of {person.email}")
        if person.email in self.keys:
            return self.keys[person.email]
        certificate, term = self.certificates.get(person.email, ""), self.terms.get(person.email)
        return SignatoryKey(KeyPlace.FILE, certificate, term) if certificate or term else None

    def look_beside(self, tell: Callable[[str], None]) -> None:
        tell(f"{len(self.keys)} keys were looked for.")

    def sign(self, pdf: bytes, people: Sequence[SigningPerson] = ()) -> bytes:
        self.before("sign")
        self._reach()
        self.signing.append(tuple(person.name for person in people))
        return pdf + _SEAL + _sum(pdf)

    def timestamp(self, pdf: bytes) -> bytes:
        self.before("timestamp")
        return pdf + _STAMP + _sum(pdf + self._until) + b" " + self._until

    def renew(self, pdf: bytes) -> bytes:
        self.before("renew")
        return self.timestamp(pdf)

    def _reach(self) -> None:
        if self.away is not None:
            raise self.away

    @property
    def _until(self) -> bytes:
        return self.until.isoformat().encode() if self.until else b""

    def certificate_in(self, pdf: bytes) -> str | None:  # noqa: ARG002 - as every sealer
        return self.certificate

    def verify(
        self,
        pdf: bytes,
        *,
        patiently: bool = False,  # noqa: ARG002 - as every sealer
        record_keys: tuple[bytes, ...] = (),  # noqa: ARG002 - as above
        sealed_with: Callable[[], Collection[str]] = frozenset,
    ) -> Verification:
        self.before("verify")
        self.expected = frozenset(sealed_with()) if self.asks else frozenset()
        if not pdf.startswith(b"%PDF-"):
            return Verification(Verdict.UNKNOWN, (Sentence(Finding.NOT_PDF),))
        if _SEAL not in pdf:
            return Verification(Verdict.UNSIGNED, (Sentence(Finding.NOT_SIGNED),))
        sealed, _, stamp = pdf.rpartition(_STAMP)
        covered, _, until = stamp.partition(b" ")
        paper, _, seal = sealed.partition(_STAMP)[0].rpartition(_SEAL)
        if (covered, seal) != (_sum(sealed + until), _sum(paper)):
            return Verification(Verdict.BROKEN, (Sentence(Finding.CHANGED),))
        facts = json.loads(paper.partition(b"\n")[2])
        record = facts["record"]
        return Verification(
            Verdict.VALID,
            (
                Sentence(Finding.SEALED_BY, {"signer": SIGNER}),
                Sentence(Finding.ENTIRE_FILE),
                Sentence(Finding.RECORD_NAMED, record),
            ),
            signer=SIGNER,
            signed_at=SEALED_AT,
            timestamped_at=SEALED_AT,
            digest=facts["digest"],
            title=facts["title"],
            edition=facts["edition"],
            demo=facts["demo"],
            archived_until=datetime.fromisoformat(until.decode()) if until else None,
            record_size=int(record["size"]),
            record_root=record["root"],
            certificate=self.certificate,
        )


@dataclass
class FakeLetters:
    """Writes mails of one line each, which names everything that it was given."""

    def subject(self, mail: Mail) -> str:
        return mail.template

    def message(self, envelope: Envelope) -> EmailMessage:
        message = EmailMessage()
        message["To"], message["Subject"] = envelope.posted.mail.to, envelope.posted.subject
        message["Message-ID"], message["References"] = envelope.posted.message_id, " ".join(envelope.earlier)
        message.set_content(f"{envelope.secret} {envelope.unsubscribe}")
        return message


@dataclass
class FakePostman:
    """Carries mails nowhere; `before` can refuse or wait, and `sent` holds what it took."""

    before: Callable[[EmailMessage], None] = lambda _: None
    sent: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        self.before(message)
        self.sent.append(message)


def _sum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


@dataclass
class FakeCourier:
    """Answers as it is told, the last of `answers` again and again, and keeps what was carried where."""

    answers: list[Answer] = field(default_factory=lambda: [Answer(204)])
    before: Callable[[], None] = lambda: None
    local: bool = False
    carried: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    def secret(self, webhook_id: str, generation: int) -> bytes:
        return hashlib.sha256(f"{webhook_id}:{generation}".encode()).digest()

    def carry(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.before()
        self.carried.append((url, headers, body))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass
class FakeWorkplace:
    """A worker by a name that a test can change; those who are `gone` have ended."""

    name: str = "this one"
    gone: set[str] = field(default_factory=set)

    def is_gone(self, name: str) -> bool:
        return name in self.gone
