"""One section per recommendation: the ask, why, the evidence, who stands where, and where the words come from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.front import opening
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import Framed, Hanging, Marginal, Piece, Space, Stack
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Heading
from service.adapters.pdf.voice import Voice, plain
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


def section(snapshot: Snapshot, ask: Recommendation, tally: Tally, sect: Element, voice: Voice) -> Chapter:
    """Return the chapter of a recommendation."""
    own, missed = voice.lang, wording.missed(voice, ask)
    kicker = " · ".join(part for part in (wording.recommendation(voice, ask.number), missed) if part)
    outlined = Heading(0, f"{kicker}: {ask.title}", anchor_of(ask))
    colour = design.colour_for(ask)
    pieces = opening(sect.add("H2"), kicker, ask.title, outlined, language=own, colour=colour)
    if note := _note(ask, voice):
        pieces.append(Paragraph(note, design.NOTE, sect.add("P", lang=own)))
    margin = sect.add("Div")
    callout = ask.blocks[1] if len(ask.blocks) > 1 else None
    ask_text = marked_words(callout, design.ASK) if callout else (design.ASK.words(ask.title),)
    ask_paragraph = Paragraph(ask_text, replace(design.ASK, before=0, after=0), sect.add("P"))
    facts = _margin(ask, tally, margin, voice)
    fits = facts.height(design.MARGIN_WIDTH) <= TALLEST_MARGIN
    pieces.append(Marginal(facts, design.MARGIN_OFFSET, design.MARGIN_WIDTH) if fits else facts)
    pieces.append(Framed(ask_paragraph, bar=design.colour_for(ask), before=8, after=12))
    if ask.rationale:
        pieces += [_sub(voice.say("Why"), sect, own), *blocks(ask.rationale, sect)]
    if ask.success:
        pieces.append(_sub(voice.say("Success can be seen when"), sect, own))
        pieces.append(Paragraph(ask.success, design.BODY, sect.add("P")))
    if ask.evidence:
        pieces += [_sub(voice.say("Evidence"), sect, own), *evidence(ask.evidence, sect, voice)]
    adoption = sect.add("H3", lang=own)
    told = sect.add("P", lang=wording.house_language(voice, ask.outcome.sentence))
    pieces.append(Paragraph(voice.say("Adoption"), design.SUBHEADING, adoption))
    pieces.append(Paragraph(voice.known(ask.outcome.sentence), design.SMALL, told))
    pieces += _statements(snapshot, ask, sect, voice)
    pieces += [Paragraph(_provenance(ask, voice), replace(design.FINE, before=16), sect.add("P"))]
    return Chapter(tuple(pieces))


def _note(ask: Recommendation, voice: Voice) -> str:
    if ask.outcome.standing is Standing.NOT_ADOPTED:
        return voice.say(
            "This text was put to the organisations and was not adopted: nobody is asked to act on it."
        )
    return voice.say("This text is not decided yet.") if ask.outcome.standing is Standing.UNDECIDED else ""


def _sub(title: str, sect: Element, language: str) -> Paragraph:
    return Paragraph(title, design.SUBHEADING, sect.add("H3", lang=language))


def _margin(ask: Recommendation, tally: Tally, margin: Element, voice: Voice) -> Stack:
    own = voice.lang
    entries: list[tuple[str, str, tuple[str, ...]]] = [
        (voice.say("To"), own, (voice.house(ask.addressee),)),
        (voice.say("Theme"), "", (ask.theme,) if ask.theme else ()),
        (voice.say("By when"), "", (ask.due,) if ask.due else ()),
        (voice.say("Endorsed by"), own, tuple(_endorsed_by(tally, voice))),
        (voice.say("From"), own, tuple(_origin(ask, tally, voice))),
    ]
    pieces: list[Piece] = []
    for label, language, texts in entries:
        if texts:
            style = replace(design.LABEL_STRONG, stays=True)
            pieces.append(Paragraph(label, style, margin.add("P", lang=own)))
            pieces += [Paragraph(text, design.LABEL, margin.add("P", lang=language)) for text in texts]
            pieces.append(Space(10))
    return Stack(pieces)


def _endorsed_by(tally: Tally, voice: Voice) -> Iterator[str]:
    reserved, against = tally.stance("endorsed_with_reservation"), tally.stance("objection")
    yield wording.organisations(voice, tally.stance("endorsed") + reserved)
    if reserved:
        yield voice.tell(
            "%(count)s with reservation", "%(count)s with reservation", reserved, {"count": str(reserved)}
        )
    if against:
        yield voice.tell("%(count)s objection", "%(count)s objections", against)


def _origin(ask: Recommendation, tally: Tally, voice: Voice) -> Iterator[str]:
    yield voice.say("version %(number)s", {"number": str(ask.version.number)})
    if ask.amendments:
        adopted = tally.decided(*ACCEPTED)
        yield voice.tell("%(count)s amendment adopted", "%(count)s amendments adopted", adopted)
    for state, count in tally.amendments:
        if state not in ACCEPTED:
            yield wording.counted(voice, str(count), voice.word("AmendmentState", state))


def _provenance(ask: Recommendation, voice: Voice) -> list[Words]:
    style, own = design.FINE, voice.lang
    number = voice.say("From version %(number)s.", {"number": str(ask.version.number)})
    digest = voice.say("Digest of this text: %(digest)s", {"digest": ask.version.digest})
    words = [style.strong(f"{number} ", language=own), style.words(digest, language=own)]
    if found := shares(ask):
        listed = ", ".join(
            f"{origin} ({voice.say('%(percent)s %%', {'percent': share})})" for origin, share in found
        )
        words.append(
            style.words(
                f". {voice.say('Where its words come from: %(origins)s', {'origins': listed})}", language=own
            )
        )
    return [*words, style.words(".")]


def _statements(snapshot: Snapshot, ask: Recommendation, sect: Element, voice: Voice) -> Iterator[Piece]:
    own = voice.lang
    groups = (
        (voice.say("Reservations"), "endorsed_with_reservation"),
        (voice.say("Objections"), "objection"),
        (voice.say("Statements"), ""),
    )
    for title, stance in groups:
        said = [one for one in ask.positions if _belongs(one, stance)]
        if said:
            yield _sub(title, sect, own)
        silent = [one for one in said if not (one.statement or one.resolved_by or one.reservation)]
        for position in said:
            if position not in silent:
                yield Paragraph(_statement(snapshot, position, voice), design.SMALL, sect.add("P"))
        if silent:
            names = ", ".join(snapshot.organisation_name(one.organisation) for one in silent)
            label = f"{voice.say('Without a statement:')} "
            words = [design.SMALL.strong(label, language=own), design.SMALL.words(f"{names}.")]
            yield Paragraph(words, design.SMALL, sect.add("P"))


def _belongs(position: Position, stance: str) -> bool:
    if stance:
        return position.stance == stance
    return position.stance not in {"endorsed_with_reservation", "objection"} and bool(position.statement)


def _statement(snapshot: Snapshot, position: Position, voice: Voice) -> list[Words]:
    style = design.SMALL
    about = position.reservation or ("" if position.stance == "objection" else position.stance)
    words = [style.strong(snapshot.organisation_name(position.organisation))]
    if about:
        words.append(style.words(f" ({voice.known(plain(about))})", language=voice.lang))
    if position.statement:
        words += [
            style.words(voice.speech.colon),
            style.words(position.statement, language=position.language),
        ]
    if position.resolved_by:
        words += [
            style.words(" "),
            style.emphasis(f"{voice.say('Would be resolved by:')} ", language=voice.lang),
            style.words(position.resolved_by, language=position.language),
        ]
    return words


def evidence(listed: Sequence[Evidence], sect: Element, voice: Voice) -> Iterator[Piece]:
    """Yield a numbered list of evidence."""
    style = design.SMALL
    container = sect.add("L", numbering="Decimal")
    for one in listed:
        item = container.add("LI")
        title = f"{one.title}{'' if one.title.endswith(('.', '?', '!')) else '.'}"
        words = [style.words(title)]
        where = wording.source(voice, one)
        if where:
            words.append(style.words(f" {where}{voice.speech.colon if one.quotation else '.'}"))
        if one.quotation:
            words += [
                style.words("" if where else " "),
                style.emphasis(wording.quoted(voice, one)),
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
