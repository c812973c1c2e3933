"""The limit: the least that Litestar, SQLAlchemy and Jinja2 can do for the same page and the same write.

A recommendation with its blocks and 50 comments, loaded by the ORM and rendered by a template; and a durable
insert of an amendment's size. No rules, no record, no sessions; one lock, because SQLite's own waiting is slower.
"""

import os
import threading
from pathlib import Path

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
    body: Mapped[str]
    justification: Mapped[str]


class Proposal(Struct, frozen=True):
    """An amendment to insert."""

    body: str
    justification: str


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
def propose(number: FromPath[int], data: JSONBody[Proposal]) -> Response[dict[str, int]]:
    """Insert an amendment, durably."""
    connect = ENGINE.connect().execution_options(**{WRITES: True})
    with WRITER, connect as connection, Session(connection) as session:
        amendment = Amendment(recommendation_id=number, body=data.body, justification=data.justification)
        session.add(amendment)
        session.commit()
        return Response({"id": amendment.id})


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
