"""The schema of the domain's nouns."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from service.domain.actors import MandateLevel, MandateNature, OrganisationKind, Region, Role, Scope
from service.domain.amendments import AmendmentState, Opinion
from service.domain.comments import Audience, CommentKind, CommentState
from service.domain.editions import EditionState
from service.domain.evidence import EvidenceKind
from service.domain.invitations import InvitationState
from service.domain.lessons import LessonState
from service.domain.phases import Phase
from service.domain.positions import CURRENT, PositionState, Reservation, Stance
from service.domain.recommendations import Addressee, RecommendationState
from service.store.columns import identifier, metadata, reference, revision
from service.store.types import (
    Blocks,
    Descents,
    Digest,
    Id,
    Operations,
    Origins,
    Rule,
    Timetable,
    UtcDateTime,
    Words,
    one_of,
)

organisations = Table(
    "organisations",
    metadata,
    identifier(),
    Column("name", String(200), nullable=False, unique=True),
    Column("kind", one_of(OrganisationKind), nullable=False),
    Column("country", String(100), nullable=False),
    Column("region", one_of(Region), nullable=False),
    Column("invented", Boolean, nullable=False),
)
partnerships = Table(
    "partnerships",
    metadata,
    identifier(),
    Column("name", String(300), nullable=False, unique=True),
    Column("region", one_of(Region), nullable=False),
    Column("themes", Words, nullable=False),
    reference("lead_id", "organisations"),
)
partnership_members = Table(
    "partnership_members",
    metadata,
    Column("partnership_id", Id, ForeignKey("partnerships.id"), primary_key=True),
    Column("organisation_id", Id, ForeignKey("organisations.id"), primary_key=True, index=True),
)
persons = Table(
    "persons",
    metadata,
    identifier(),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("language", String(20), nullable=False),
    Column("time_zone", String(64), nullable=False),
)
mandates = Table(
    "mandates",
    metadata,
    identifier(),
    reference("person_id", "persons", index=True),
    reference("organisation_id", "organisations", index=True),
    Column("role", one_of(Role), nullable=False),
    Column("scopes", Words(Scope), nullable=False),
    Column("level", one_of(MandateLevel), nullable=False),
    Column("document", String(500), nullable=False),
    Column("valid_from", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("nature", one_of(MandateNature), nullable=False),
    reference("source_id", "mandates", nullable=True, index=True),
    Column("revoked_at", UtcDateTime),
    reference("revoked_by", "persons", nullable=True),
    Column("revocation", Text, nullable=False),
)
# The document that a mandate rests on; the file stands under its digest.
mandate_documents = Table(
    "mandate_documents",
    metadata,
    Column("mandate_id", Id, ForeignKey("mandates.id"), primary_key=True),
    Column("digest", Digest, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    reference("added_by", "persons", nullable=True),
    Column("added_at", UtcDateTime, nullable=False),
)
# One for each person at most: it is sent again, not doubled.
invitations = Table(
    "invitations",
    metadata,
    identifier(),
    reference("person_id", "persons"),
    reference("invited_by", "persons", nullable=True),
    Column("state", one_of(InvitationState), nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("times_sent", Integer, nullable=False),
    Column("accepted_at", UtcDateTime),
    revision(),
    UniqueConstraint("person_id"),
)
agendas = Table(
    "agendas",
    metadata,
    identifier(),
    Column("title", String(200), nullable=False),
    Column("headline", String(300), nullable=False),
    Column("programme", String(300), nullable=False),
    Column("meeting", String(300), nullable=False),
    Column("place", String(200), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("language", String(20), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("rule", Rule, nullable=False),
    Column("timetable", Timetable, nullable=False),
    Column("phase", one_of(Phase), nullable=False),
    Column("phase_closes_at", UtcDateTime),
    Column("invented", Boolean, nullable=False),
    Column("amendments_numbered", Integer, nullable=False),
    Column("deadline_set_at", UtcDateTime),
    revision(),
)
participations = Table(
    "participations",
    metadata,
    Column("agenda_id", Id, ForeignKey("agendas.id"), primary_key=True),
    Column("organisation_id", Id, ForeignKey("organisations.id"), primary_key=True, index=True),
)
recommendations = Table(
    "recommendations",
    metadata,
    identifier(),
    reference("agenda_id", "agendas"),
    Column("number", Integer, nullable=False),
    Column("addressee", one_of(Addressee), nullable=False),
    Column("theme", String(100), nullable=False),
    Column("title", Text, nullable=False),
    # The version points back here, so neither row can come first: the reference is kept by the use cases.
    Column("current_version_id", Id, nullable=False),
    Column("current_version_number", Integer, nullable=False),
    Column("state", one_of(RecommendationState), nullable=False),
    revision(),
    UniqueConstraint("agenda_id", "number"),
)
versions = Table(
    "versions",
    metadata,
    identifier(),
    reference("recommendation_id", "recommendations"),
    Column("number", Integer, nullable=False),
    reference("parent_id", "versions", nullable=True),
    reference("person_id", "persons"),
    Column("blocks", Blocks, nullable=False),
    Column("provenance", Origins, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("lineage", Descents, nullable=False),
    UniqueConstraint("recommendation_id", "number"),
)
amendments = Table(
    "amendments",
    metadata,
    identifier(),
    reference("agenda_id", "agendas"),
    reference("recommendation_id", "recommendations", index=True),
    Column("number", Integer),
    reference("organisation_id", "organisations", index=True),
    reference("person_id", "persons"),
    reference("base_version_id", "versions"),
    Column("base_version_number", Integer, nullable=False),
    Column("blocks", Blocks, nullable=False),
    Column("operations", Operations, nullable=False),
    Column("justification", Text, nullable=False),
    Column("language", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", one_of(AmendmentState), nullable=False),
    Column("tabled_at", UtcDateTime),
    Column("opinion", one_of(Opinion)),
    Column("opinion_reason", Text, nullable=False),
    Column("decision_reason", Text, nullable=False),
    reference("decided_by", "persons", nullable=True),
    Column("decided_at", UtcDateTime),
    Column("decided_blocks", Blocks),
    reference("incorporated_in", "versions", nullable=True),
    Column("rebased", Integer, nullable=False),
    reference("replaces_id", "amendments", nullable=True, index=True),
    revision(),
    UniqueConstraint("agenda_id", "number"),
)
# An index, not a second truth: which places of its base each amendment that stands lays claim to. Amendments whose
# places touch may meet; whether and how they do, the text core tells from their operations.
amendment_claims = Table(
    "amendment_claims",
    metadata,
    Column("amendment_id", Id, ForeignKey("amendments.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    reference("version_id", "versions"),
    # None: before the first block.
    Column("block_id", String(64)),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("ix_amendment_claims_place", "version_id", "block_id", "start"),
)
amendment_revisions = Table(
    "amendment_revisions",
    metadata,
    identifier(),
    reference("amendment_id", "amendments"),
    Column("number", Integer, nullable=False),
    reference("base_version_id", "versions"),
    Column("blocks", Blocks, nullable=False),
    reference("person_id", "persons"),
    Column("replaced_at", UtcDateTime, nullable=False),
    reference("parent_id", "amendment_revisions", nullable=True),
    UniqueConstraint("amendment_id", "number"),
)
amendment_covers = Table(
    "amendment_covers",
    metadata,
    identifier(),
    reference("compromise_id", "amendments"),
    reference("covered_id", "amendments", index=True),
    Column("fell", Boolean, nullable=False),
    UniqueConstraint("compromise_id", "covered_id"),
)
signatures = Table(
    "signatures",
    metadata,
    identifier(),
    reference("amendment_id", "amendments"),
    reference("organisation_id", "organisations"),
    reference("person_id", "persons"),
    Column("signed_at", UtcDateTime, nullable=False),
    UniqueConstraint("amendment_id", "organisation_id"),
)
comments = Table(
    "comments",
    metadata,
    identifier(),
    reference("agenda_id", "agendas", index=True),
    reference("recommendation_id", "recommendations", index=True),
    reference("version_id", "versions"),
    reference("organisation_id", "organisations"),
    reference("person_id", "persons"),
    Column("kind", one_of(CommentKind), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("block_id", String(40)),
    Column("start", Integer),
    Column("end", Integer),
    Column("quotation", Text, nullable=False),
    Column("state", one_of(CommentState), nullable=False),
    Column("resolution", Text, nullable=False),
    Column("audience", one_of(Audience), nullable=False),
    Column("official", Boolean, nullable=False),
    reference("amendment_id", "amendments", nullable=True, index=True),
    revision(),
    # An organisation hands in one official contribution on a recommendation.
    Index(
        "uq_comments_one_contribution",
        "recommendation_id",
        "organisation_id",
        unique=True,
        sqlite_where=text("official"),
        postgresql_where=text("official"),
    ),
)
replies = Table(
    "replies",
    metadata,
    identifier(),
    reference("comment_id", "comments", index=True),
    reference("organisation_id", "organisations"),
    reference("person_id", "persons"),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
positions = Table(
    "positions",
    metadata,
    identifier(),
    reference("recommendation_id", "recommendations", index=True),
    reference("organisation_id", "organisations"),
    reference("person_id", "persons"),
    reference("version_id", "versions"),
    Column("digest", Digest, nullable=False),
    Column("stance", one_of(Stance), nullable=False),
    Column("reservation", one_of(Reservation)),
    Column("statement", Text, nullable=False),
    Column("resolved_by", Text, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    # The letter that a position came by; empty where the organisation took it here itself.
    Column("on_paper", String(500), nullable=False),
    Column("state", one_of(PositionState), nullable=False),
    revision(),
)
_current = text("state IN ({})".format(", ".join(f"'{s.value}'" for s in sorted(CURRENT))))
Index(
    "uq_positions_one_voice",
    positions.c.recommendation_id,
    positions.c.organisation_id,
    unique=True,
    sqlite_where=_current,
    postgresql_where=_current,
)
evidence = Table(
    "evidence",
    metadata,
    identifier(),
    reference("agenda_id", "agendas"),
    Column("number", Integer, nullable=False),
    Column("kind", one_of(EvidenceKind), nullable=False),
    Column("title", String(300), nullable=False),
    Column("source", String(300), nullable=False),
    Column("page", String(50), nullable=False),
    Column("quotation", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("invented", Boolean, nullable=False),
    reference("organisation_id", "organisations"),
    reference("person_id", "persons"),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("agenda_id", "number"),
)
evidence_links = Table(
    "evidence_links",
    metadata,
    identifier(),
    reference("evidence_id", "evidence", index=True),
    reference("recommendation_id", "recommendations", index=True),
    Column("block_id", String(40)),
)
lessons = Table(
    "lessons",
    metadata,
    identifier(),
    reference("agenda_id", "agendas"),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("evidence_ids", Words, nullable=False),
    reference("organisation_id", "organisations"),
    reference("person_id", "persons"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", one_of(LessonState), nullable=False),
    Column("rank", Integer),
    Column("reason", Text, nullable=False),
    revision(),
    UniqueConstraint("agenda_id", "number"),
)
editions = Table(
    "editions",
    metadata,
    identifier(),
    reference("agenda_id", "agendas"),
    Column("number", Integer, nullable=False),
    Column("snapshot", Text, nullable=False),
    Column("digest", Digest, nullable=False),
    reference("assembled_by", "persons"),
    Column("assembled_at", UtcDateTime, nullable=False),
    Column("state", one_of(EditionState), nullable=False),
    reference("approved_by", "persons", nullable=True),
    Column("approved_at", UtcDateTime),
    Column("file_digest", Digest, ForeignKey("files.digest")),
    Column("released_at", UtcDateTime),
    Column("verification", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("withdrawn_because", Text, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    revision(),
    UniqueConstraint("agenda_id", "number"),
)
