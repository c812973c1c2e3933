"""One section per recommendation: the ask, why, the evidence, who stands where, and where the words come from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import Framed, Hanging, Marginal, Piece, Space, Stack
from service.adapters.pdf.structure import Element
from service.domain.anatomy import anchor_of, shares
from service.domain.figures import Tally
from service.domain.publication import (
    ACCEPTED,
    Evidence,
    Position,
    Recommendation,
    Snapshot,
    Standing,
)
from service.domain.text import Block, BlockKind
from service.domain.text.looks import Look, stretches

_SAFE_TARGET = re.compile(r"(https?://|mailto:)[^\s<>\"\\]+", re.ASCII)
BULLET_INDENT = 14.0
TALLEST_MARGIN = 400.0
NOTES = {
    Standing.NOT_ADOPTED: "This text was put to the organisations and was not adopted: nobody is asked to act on it.",
    Standing.UNDECIDED: "This text is not decided yet.",
}


def section(snapshot: Snapshot, ask: Recommendation, tally: Tally, sect: Element) -> Chapter:
    """Return the chapter of a recommendation."""
    pieces = chapter_head(
        sect,
        " · ".join(part for part in (f"Recommendation {ask.number}", wording.missed(ask)) if part),
        ask.title,
        anchor_of(ask),
        colour=design.colour_for(ask),
    )
    if ask.outcome.standing in NOTES:
        pieces.append(Paragraph(NOTES[ask.outcome.standing], design.NOTE, sect.add("P")))
    margin = sect.add("Div")
    callout = ask.blocks[1] if len(ask.blocks) > 1 else None
    ask_text = marked_words(callout, design.ASK) if callout else (design.ASK.words(ask.title),)
    ask_paragraph = Paragraph(ask_text, replace(design.ASK, before=0, after=0), sect.add("P"))
    facts = _margin(ask, tally, margin)
    fits = facts.height(design.MARGIN_WIDTH) <= TALLEST_MARGIN
    pieces.append(Marginal(facts, design.MARGIN_OFFSET, design.MARGIN_WIDTH) if fits else facts)
    pieces.append(Framed(ask_paragraph, bar=design.colour_for(ask), before=8, after=12))
    if ask.rationale:
        pieces += [_sub("Why", sect), *blocks(ask.rationale, sect)]
    if ask.success:
        pieces += [_sub("Success can be seen when", sect), Paragraph(ask.success, design.BODY, sect.add("P"))]
    if ask.evidence:
        pieces += [_sub("Evidence", sect), *evidence(ask.evidence, sect)]
    pieces += [_sub("Adoption", sect), Paragraph(ask.outcome.sentence, design.SMALL, sect.add("P"))]
    pieces += _statements(snapshot, ask, sect)
    pieces += [Paragraph(_provenance(ask), replace(design.FINE, before=16), sect.add("P"))]
    return Chapter(tuple(pieces))


def _sub(title: str, sect: Element) -> Paragraph:
    return Paragraph(title, design.SUBHEADING, sect.add("H3"))


def _margin(ask: Recommendation, tally: Tally, margin: Element) -> Stack:
    entries: list[tuple[str, ...]] = [("To", ask.addressee)]
    if ask.theme:
        entries.append(("Theme", ask.theme))
    if ask.due:
        entries.append(("By when", ask.due))
    entries += [("Endorsed by", *_endorsed_by(tally)), ("From", *_origin(ask, tally))]
    pieces: list[Piece] = []
    for label, *texts in entries:
        pieces.append(Paragraph(label, replace(design.LABEL_STRONG, stays=True), margin.add("P")))
        pieces += [Paragraph(text, design.LABEL, margin.add("P")) for text in texts]
        pieces.append(Space(10))
    return Stack(pieces)


def _endorsed_by(tally: Tally) -> list[str]:
    reserved = tally.stance("endorsed_with_reservation")
    parts = [wording.count(tally.stance("endorsed") + reserved, "organisation")]
    if reserved:
        parts.append(f"{reserved} with reservation")
    if tally.stance("objection"):
        parts.append(wording.count(tally.stance("objection"), "objection"))
    return parts


def _origin(ask: Recommendation, tally: Tally) -> list[str]:
    parts = [f"version {ask.version.number}"]
    adopted = tally.decided(*ACCEPTED)
    if ask.amendments:
        parts.append(f"{wording.count(adopted, 'amendment')} adopted")
    parts += [f"{count} {wording.plain(state)}" for state, count in tally.amendments if state not in ACCEPTED]
    return parts


def _provenance(ask: Recommendation) -> list[Words]:
    style = design.FINE
    words = [
        style.strong(f"From version {ask.version.number}. "),
        style.words(f"Digest of this text: {ask.version.digest}"),
    ]
    if found := shares(ask):
        listed = ", ".join(f"{origin} ({share} %)" for origin, share in found)
        words.append(style.words(f". Where its words come from: {listed}"))
    return [*words, style.words(".")]


def _statements(snapshot: Snapshot, ask: Recommendation, sect: Element) -> Iterator[Piece]:
    groups = (
        ("Reservations", "endorsed_with_reservation"),
        ("Objections", "objection"),
        ("Statements", ""),
    )
    for title, stance in groups:
        said = [one for one in ask.positions if _belongs(one, stance)]
        if said:
            yield _sub(title, sect)
        silent = [one for one in said if not (one.statement or one.resolved_by or one.reservation)]
        for position in said:
            if position not in silent:
                yield Paragraph(_statement(snapshot, position), design.SMALL, sect.add("P"))
        if silent:
            names = ", ".join(snapshot.organisation_name(one.organisation) for one in silent)
            words = [design.SMALL.strong("Without a statement: "), design.SMALL.words(f"{names}.")]
            yield Paragraph(words, design.SMALL, sect.add("P"))


def _belongs(position: Position, stance: str) -> bool:
    if stance:
        return position.stance == stance
    return position.stance not in {"endorsed_with_reservation", "objection"} and bool(position.statement)


def _statement(snapshot: Snapshot, position: Position) -> list[Words]:
    style = design.SMALL
    about = position.reservation or (
        "" if position.stance == "objection" else wording.stance(position.stance)
    )
    words = [style.strong(snapshot.organisation_name(position.organisation))]
    if about:
        words.append(style.words(f" ({wording.plain(about)})"))
    if position.statement:
        words += [style.words(": "), style.words(position.statement, language=position.language)]
    if position.resolved_by:
        words += [
            style.words(" "),
            style.emphasis("Would be resolved by: "),
            style.words(position.resolved_by, language=position.language),
        ]
    return words


def evidence(listed: Sequence[Evidence], sect: Element) -> Iterator[Piece]:
    """Yield a numbered list of evidence."""
    style = design.SMALL
    container = sect.add("L", numbering="Decimal")
    for one in listed:
        item = container.add("LI")
        title = f"{one.title}{'' if one.title.endswith(('.', '?', '!')) else '.'}"
        words = [style.words(title)]
        where = ", ".join(part for part in (one.source, f"p. {one.page}" if one.page else "") if part)
        if where:
            words.append(style.words(f" {where}{': ' if one.quotation else '.'}"))
        if one.quotation:
            words += [
                style.words("" if where else " "),
                style.emphasis(f"“{one.quotation}”"),
            ]
        if one.url:
            target = one.url if _SAFE_TARGET.fullmatch(one.url) else ""
            words += [style.words(" "), style.words(one.url, target=target)]
        label = Paragraph(str(one.number), replace(style, colour=design.ACCENT), item.add("Lbl"))
        yield Hanging(
            label, Paragraph(words, style, item.add("LBody", lang=one.language)), BULLET_INDENT, after=3
        )


def blocks(content: Sequence[Block], sect: Element) -> Iterator[Piece]:
    """Yield blocks as their authors meant them: headings, paragraphs, list items, quotations."""
    container: Element | None = None
    for block in content:
        if block.kind is not BlockKind.LIST_ITEM:
            container = None
        if block.kind is BlockKind.HEADING:
            yield Paragraph(marked_words(block, design.SUBHEADING), design.SUBHEADING, sect.add("H3"))
        elif block.kind is BlockKind.QUOTATION:
            quote = sect.add("BlockQuote").add("P")
            text = Paragraph(marked_words(block, design.QUOTE), design.QUOTE, quote)
            yield Hanging(Stack(()), text, BULLET_INDENT, before=text.before, after=text.after)
        elif block.kind is BlockKind.LIST_ITEM:
            container = container or sect.add("L", numbering="Disc")
            item = container.add("LI")
            indent = BULLET_INDENT * (1 + min(max(block.level - 1, 0), 5))
            bullet = Paragraph("–", replace(design.BODY, align="right"), item.add("Lbl"))
            body = Paragraph(
                marked_words(block, design.BODY), replace(design.BODY, after=3), item.add("LBody")
            )
            yield Hanging(bullet, Hanging(Stack(()), body, 6), indent, after=3)
        else:
            style = replace(design.BODY, before=design.BODY.after)
            yield Paragraph(marked_words(block, design.BODY), style, sect.add("P"))


def may_lead(href: str) -> bool:
    """Say whether a link on paper may lead there."""
    return _SAFE_TARGET.fullmatch(href) is not None


def set_words(style: Style, text: str, look: Look, mark: str = "") -> Words:
    """Return text set in its look; a link leads only to where a link may lead."""
    target = look.href if may_lead(look.href) and not text.isspace() else ""
    setting = style.strong if look.strong else style.emphasis if look.emphasis else style.words
    return setting(text, mark=mark, target=target)


def marked_words(block: Block, style: Style) -> tuple[Words, ...]:
    """Return a block's text in its marks."""
    found = stretches(block.marks, 0, len(block.text))
    return tuple(set_words(style, block.text[start:end], look) for start, end, look in found)
