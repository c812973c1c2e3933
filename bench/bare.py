"""The limit: the least that Litestar, SQLAlchemy and Jinja2 can do for the same page and the same write.

A recommendation with its blocks and 50 comments, loaded by the ORM and rendered by a template; and a durable
insert of an amendment, decoded and checked from the same request and sent back as it was stored. No rules, no record,
no sessions; one lock, because SQLite's own waiting is slower.
"""

import os
import threading
from pathlib import Path

import msgspec
from jinja2 import Environment
from litestar import Litestar, MediaType, Response, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

from bench import COMMENTS
from service.store.engine import WRITES, make_engine

PAGE = Environment(autoescape=True).from_string(
    "<!doctype html><html lang=en><head><title>{{ it.title }}</title></head><body><h1>{{ it.title }}</h1>"
    "{% for line in it.body.splitlines() %}<p>{{ line }}</p>{% endfor %}"
    "<ol>{% for said in it.comments %}<li><b>{{ said.author }}</b> {{ said.text }}</li>{% endfor %}</ol>"
    "</body></html>"
)


class Base(DeclarativeBase):
    """The tables of this module."""


class Comment(Base):
    """A remark."""

    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    author: Mapped[str]
    text: Mapped[str]


class Recommendation(Base):
    """A text."""

    __tablename__ = "recommendation"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    comments: Mapped[list[Comment]] = relationship(order_by=Comment.id)


class Amendment(Base):
    """A proposal."""

    __tablename__ = "amendment"
    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    base_version: Mapped[str]
    blocks: Mapped[str]
    justification: Mapped[str]


class Mark(Struct, frozen=True, forbid_unknown_fields=True):
    """A marked range of a block's text."""

    kind: str
    start: int
    end: int
    href: str | None = None


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """A block of text."""

    id: str
    kind: str
    text: str
    level: int = 0
    marks: tuple[Mark, ...] = ()


class Proposal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An amendment to insert."""

    base_version: str
    blocks: tuple[Block, ...]
    justification: str


class Inserted(Proposal, frozen=True, kw_only=True):
    """An amendment that was inserted."""

    id: int


WRITER = threading.Lock()
ENGINE = make_engine(f"sqlite:///{Path(os.environ['BENCH_DATA']) / 'bare.sqlite3'}")


@get("/{number:int}", media_type=MediaType.HTML, sync_to_thread=True)
def page(number: FromPath[int]) -> str:
    """Render the recommendation with its comments."""
    with Session(ENGINE) as session:
        question = select(Recommendation).where(Recommendation.id == number)
        it = session.scalars(question.options(selectinload(Recommendation.comments))).one()
        return PAGE.render(it=it)


@post("/{number:int}/amendments", sync_to_thread=True)
def propose(number: FromPath[int], data: JSONBody[Proposal]) -> Response[Inserted]:
    """Insert an amendment, durably."""
    connect = ENGINE.connect().execution_options(**{WRITES: True})
    with WRITER, connect as connection, Session(connection) as session:
        amendment = Amendment(
            recommendation_id=number,
            base_version=data.base_version,
            blocks=msgspec.json.encode(data.blocks).decode(),
            justification=data.justification,
        )
        session.add(amendment)
        session.commit()
        return Response(
            Inserted(
                id=amendment.id,
                base_version=data.base_version,
                blocks=data.blocks,
                justification=data.justification,
            )
        )


def prepare() -> None:
    """Make the tables, one recommendation of ordinary length, and its comments."""
    Base.metadata.create_all(ENGINE)
    sentence = (
        "Cities and their partners need predictable, direct and simple funding for what they do together. "
    )
    with Session(ENGINE) as session:
        remarks = [Comment(author=f"City {n}", text=sentence) for n in range(COMMENTS)]
        session.add(
            Recommendation(id=1, title=sentence, body="\n".join([sentence * 3] * 8), comments=remarks)
        )
        session.commit()


prepare()
app = Litestar([page, propose], openapi_config=None)
