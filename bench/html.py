"""An edition as one HTML page with a style for print: the same content, for a renderer that takes pages of the web."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from service.adapters.pdf import wording
from service.domain.figures import statistics
from service.domain.publication import (NO_RECORD, Amendment, Evidence, Recommendation, Snapshot,)
from service.domain.text import Block, BlockKind
from service.domain.text.display import redline
from service.domain.text.spans import SpanState

STYLE = """
@page { size: A4; margin: 30mm 24mm 28mm 50mm;
  @bottom-left { content: string(paper); font-size: 7.4pt } @bottom-right { content: counter(page); font-size: 7.4pt } }
body { font: 10.2pt/1.5 "Noto Serif", serif; hyphens: auto; orphans: 2; widows: 2 }
section { break-before: page } h1, h2, h3 { break-after: avoid } h2 { string-set: paper content() }
blockquote { font-style: italic } .ask { font-size: 13.4pt; border-left: 1.5pt solid #0b3f8a; padding-left: 5mm }
table { border-collapse: collapse; width: 100%; font: 7.8pt/1.35 "Noto Sans", sans-serif }
td, th { border-bottom: 0.5pt solid #d5d6d9; padding: 1mm; text-align: left; vertical-align: top }
.two td { font: 9pt/1.45 "Noto Serif", serif; width: 50% } del { color: #8a4403 } small { font-size: 7.2pt }
.toc a::after { content: leader(" ") target-counter(attr(href), page) } svg { width: 2.4mm; height: 2.4mm }
"""
SIGN = (
    '<svg role="img" aria-label="{0}" viewBox="0 0 8 8"><title>{0}</title>'
    '<circle cx="4" cy="4" r="3" fill="#0b3f8a"/></svg>'
)


def page(snapshot: Snapshot) -> str:
    """Return the edition as HTML."""
    return "".join(
        (
            f'<!doctype html><html lang="{escape(snapshot.language)}"><meta charset="utf-8">',
            f"<title>{escape(snapshot.title)}</title><style>{STYLE}</style><body>",
            f"<h1>{escape(snapshot.title)}</h1><p>{escape(snapshot.subtitle)}</p><p>{escape(snapshot.editor)}</p>",
            *_front(snapshot),
            *(part for ask in snapshot.recommendations for part in _recommendation(snapshot, ask)),
            *_annexes(snapshot),
            "</body></html>",
        )
    )


def _p(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _section(title: str, anchor: str = "") -> str:
    return f'<section><h2 id="{anchor or title}">{escape(title)}</h2>'


def _rows(rows: Sequence[Sequence[str]], head: Sequence[str] = (), kind: str = "") -> str:
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="{kind}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _front(snapshot: Snapshot) -> Iterator[str]:
    asks = snapshot.recommendations
    listed = [(str(ask.number), escape(ask.title), escape(ask.addressee)) for ask in asks]
    yield f"{_section('In one page')}{_rows(listed)}</section>{_section('Contents')}"
    yield "".join(
        f'<p class="toc"><a href="#r{ask.number}">{ask.number} {escape(ask.title)}</a></p>' for ask in asks
    )
    yield f"</section>{_section('Mandate and method')}{_p(snapshot.mandate)}"
    yield "".join(map(_p, snapshot.method)) + "</section>"


def _recommendation(snapshot: Snapshot, ask: Recommendation) -> Iterator[str]:
    yield f'{_section(ask.title, f"r{ask.number}")}<p class="ask">{escape(ask.ask)}</p>'
    yield _p(f"To {ask.addressee}. By {ask.due}. Version {ask.version.number}.")
    yield f"<h3>Why</h3>{''.join(map(_block, ask.rationale))}<h3>Success can be seen when</h3>{_p(ask.success)}"
    yield f"<h3>Evidence</h3>{_evidence(ask.evidence)}<h3>Adoption</h3>{_p(ask.outcome.sentence)}"
    for stance in ("endorsed_with_reservation", "objection"):
        yield f"<h3>{wording.sentence(wording.stance(stance))}</h3>"
        for one in ask.positions:
            if one.stance == stance:
                name = snapshot.organisation_name(one.organisation)
                yield _p(f"{name} ({one.reservation}): {one.statement} {one.resolved_by}")
    yield f"<small>{escape(ask.version.digest)}</small></section>"


def _block(block: Block) -> str:
    tag = {BlockKind.LIST_ITEM: "li", BlockKind.QUOTATION: "blockquote", BlockKind.HEADING: "h3"}
    name = tag.get(block.kind, "p")
    return f"<{name}>{escape(block.text)}</{name}>"


def _evidence(listed: Sequence[Evidence]) -> str:
    return "".join(
        f"<p>{one.number} {escape(f'{one.title}. {one.source} {one.page} {one.quotation} {one.url}')}</p>"
        for one in listed
    )


def _annexes(snapshot: Snapshot) -> Iterator[str]:
    asks, people = snapshot.recommendations, snapshot.organisations
    yield _section("By addressee")
    yield "".join(_p(f"{ask.addressee}: {ask.number} {ask.ask} By {ask.due}") for ask in asks)
    yield f"</section>{_section('Lessons learnt')}"
    yield "".join(f"{_p(one.text)}{_evidence(one.evidence)}" for one in snapshot.lessons)
    yield f"</section>{_section('Who says what')}"
    stances = [{one.organisation: str(one.stance) for one in ask.positions} for ask in asks]
    signs = {word: SIGN.format(wording.stance(word)) for held in stances for word in held.values()}
    signs[NO_RECORD] = SIGN.format(wording.stance(NO_RECORD))
    yield _rows(
        [
            (escape(f"{one.name}, {one.country}"), *(signs[held.get(one.id, NO_RECORD)] for held in stances))
            for one in people
        ],
        ("Organisation", *(str(ask.number) for ask in asks)),
    )
    yield f"</section>{_section('In figures')}"
    yield _rows(
        [
            (str(one.recommendation), *(str(count) for _, count in one.stances))
            for one in statistics(snapshot).tallies
        ]
    )
    yield f"</section>{_section('Every amendment, and what became of it')}"
    yield "".join(_amendment(snapshot, ask, one) for ask in asks for one in ask.amendments)
    yield f"</section>{_section('Who took part')}"
    for region, members in groupby(sorted(people, key=lambda one: one.region), key=lambda one: one.region):
        yield f"<h3>{escape(region)}</h3>"
        yield _rows(
            [tuple(map(escape, (one.name, one.country, one.kind, one.partnership))) for one in members]
        )
    yield f"</section>{_section('Where the words come from')}"
    for ask in asks:
        texts = {block.id: block.text for block in ask.blocks}
        runs = [(block, run) for block in ask.provenance for run in block.runs if len(block.runs) > 1]
        yield _rows(
            [(escape(texts[block.block][run.start : run.end]), escape(run.origin)) for block, run in runs]
        )
    yield "</section>"


def _amendment(snapshot: Snapshot, ask: Recommendation, amendment: Amendment) -> str:
    names = ", ".join(map(snapshot.organisation_name, amendment.organisations))
    rows = []
    for change in redline(amendment.base, amendment.amended):
        spans = [(span.state, escape(span.text)) for span in change.spans]
        before = "".join(
            f"<del>{text}</del>" if state is SpanState.REMOVED else text
            for state, text in spans
            if state is not SpanState.INSERTED
        )
        after = "".join(
            f"<ins>{text}</ins>" if state is SpanState.INSERTED else text
            for state, text in spans
            if state is not SpanState.REMOVED
        )
        rows.append((before, after))
    return (
        f"<h3>Amendment {amendment.number} to recommendation {ask.number}</h3>{_p(f'Tabled by {names}')}"
        f"{_rows(rows, ('Text proposed', 'Amendment'), 'two')}"
        f"{_p(f'Justification. {amendment.justification} {wording.sentence(amendment.state)}. {amendment.reason}')}"
    )
