"""The front matter: cover, imprint, the asks on one page, contents, mandate and method."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.adapters.pdf import compact, design, wording
from service.adapters.pdf.pages import EXTRA, TIGHT, Chapter
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import BODY_HEIGHT, Hanging, Piece, Stack
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import PAGE_HEIGHT, PAGE_WIDTH, Heading, Surface
from service.adapters.pdf.tables import Grid, Row, Table
from service.adapters.pdf.voice import Voice
from service.domain.figures import Statistics, statistics
from service.domain.publication import Approval, Recommendation, Snapshot, Standing

BAND = 604.0
TITLE_FROM, TITLE_TO = 212.0, 424.0
SMALLEST_TITLE = 1.0
SUMMARY_HEIGHT = 608.0
MOST_ON_COVER = 4
LISTED = replace(design.BODY, after=0, divides=False)
"""A title in a list: its words are divided nowhere, also not at their dashes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: where it leads, how it is called, the colour of its label, and a language of its own."""

    anchor: str
    label: str
    title: str
    colour: str = design.ACCENT
    language: str = ""


def chapter_head(voice: Voice, sect: Element, kicker: str, title: str, anchor: str) -> list[Piece]:
    """Return a chapter's opening: the line above its title, and the title, read as one heading."""
    return opening(sect.add("H2", lang=voice.lang), kicker, title, Heading(0, title, anchor))


def opening(
    heading: Element,
    kicker: str,
    title: str,
    outlined: Heading,
    *,
    language: str = "",
    colour: str = design.ACCENT,
) -> list[Piece]:
    """Return the line above a title and the title; `language` is that of the line where it is another."""
    style = replace(design.KICKER, colour=colour)
    above = style.words(f"{kicker} ", language=language)
    return [
        Paragraph([above], style, heading, anchor=outlined.anchor, heading=outlined, opens=True),
        Paragraph(title, design.TITLE, heading, opens=True),
    ]


class PageNumber(Piece):
    """The number of the page where an anchor is; it is looked up when it is drawn."""

    def __init__(self, pages: Mapping[str, int], anchor: str, style: Style, element: Element) -> None:
        self._pages, self._anchor, self._style, self._element = pages, anchor, style, element

    def height(self, width: float) -> float:  # noqa: ARG002  a number is narrow
        """Return the height of a line."""
        return self._style.leading

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Write the number."""
        Paragraph(str(self._pages[self._anchor]), self._style, self._element).draw(surface, x, y, width)


class _Cover(Piece):
    """The cover: a deep blue page above a pale band; without an address where it is checked, it is that of a draft."""

    def __init__(
        self, snapshot: Snapshot, approval: Approval, sect: Element, verify_url: str, voice: Voice
    ) -> None:
        self._title = Paragraph(
            snapshot.title,
            title_style(snapshot.title),
            sect.add("H1"),
            anchor="cover",
            heading=Heading(0, snapshot.title, "cover"),
        )
        self._programme = Paragraph(
            f"{snapshot.programme} · {snapshot.meeting.name}", design.COVER_PROGRAMME, sect.add("P")
        )
        meeting = snapshot.meeting
        self._meeting = Stack(
            [
                Paragraph(snapshot.subtitle, design.COVER_MEETING, sect.add("P")),
                Paragraph(
                    f"{meeting.place}, {voice.days(meeting.starts, meeting.ends)}",
                    design.COVER_MEETING,
                    sect.add("P"),
                ),
            ]
        )
        self._band = Stack(list(_band(snapshot, approval, sect, verify_url, voice)))

    def height(self, width: float) -> float:  # noqa: ARG002  the whole page
        """Return the height of a page."""
        return PAGE_HEIGHT

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  as above
        """Draw the cover."""
        draw_cover(surface, (x, width), self._title, self._programme, self._meeting, self._band)


def draw_cover(surface: Surface, column: tuple[float, float], *parts: Piece) -> None:
    """Draw the two fields, then title, programme, meeting and band, each in its place of the column (left, width)."""
    with surface.artifact():
        surface.box(0, 0, PAGE_WIDTH, BAND, fill=design.BLUE)
        surface.box(0, BAND, PAGE_WIDTH, PAGE_HEIGHT - BAND, fill=design.SAND)
    left, width = column
    for part, top in zip(parts, (TITLE_FROM, 84, BAND - 155, BAND + 44), strict=True):
        part.draw(surface, left, top, width)


def _band(
    snapshot: Snapshot, approval: Approval, sect: Element, verify_url: str, voice: Voice
) -> Iterator[Piece]:
    """Yield what stands in the band: which edition it is, who stands behind it, and how it is checked."""
    note, bold, own = design.COVER_NOTE, design.COVER_STATUS, voice.lang
    number = {"number": str(snapshot.edition)}
    edition = wording.edition(voice, snapshot.edition)
    if not verify_url:
        edition = voice.say("Draft of edition %(number)s", number)
    status = [
        bold.strong(edition, language=own),
        bold.words(
            f", {voice.known(snapshot.status)}",
            language=wording.house_language(voice, snapshot.status),
        ),
    ]
    yield Paragraph(status, bold, sect.add("P"))
    if snapshot.corrigendum is not None:
        replaced = wording.replaces(voice, snapshot.corrigendum)
        yield Paragraph(replaced, bold, sect.add("P", lang=own))
    if approval.signatories:
        yield Paragraph(_signed_by(approval, voice), note, sect.add("P", lang=own))
    if not verify_url:
        yield Paragraph(f"{wording.not_signed(voice)}.", bold, sect.add("P", lang=own))
    elif not approval.approved_by:
        unapproved = voice.say("Not yet approved: for reading only.")
        yield Paragraph(unapproved, bold, sect.add("P", lang=own))
    language = voice.tongue(snapshot.language)
    authentic = voice.say(
        "Authentic in %(language)s. Editor: %(editor)s.", {"language": language, "editor": snapshot.editor}
    )
    yield Paragraph(authentic, note, sect.add("P", lang=own))
    if verify_url:
        verify = [
            note.words(f"{voice.say('Verify this paper:')} ", language=own),
            note.words(verify_url, target=verify_url),
        ]
        yield Paragraph(verify, note, sect.add("P"))
    if snapshot.demo:
        invented = [
            note.strong(f"{voice.say('Demonstration.')} "),
            note.words(voice.say("Organisations, persons and evidence are invented.")),
        ]
        yield Paragraph(invented, replace(note, before=8), sect.add("P", lang=own))


def _signed_by(approval: Approval, voice: Voice) -> str:
    """Return who signed, as far as the cover has room for them."""
    if len(approval.signatories) > MOST_ON_COVER:
        return voice.say(
            "Signed by %(count)s signatories, whom the last page names.",
            {"count": str(len(approval.signatories))},
        )
    names = voice.listed([f"{one.name} ({one.organisation})" for one in approval.signatories])
    return voice.say("Signed by %(names)s.", {"names": names})


def title_style(title: str) -> Style:
    """Return the largest type in which the title fits on the cover, or nearly so."""
    style = design.COVER_TITLE
    while style.size > SMALLEST_TITLE:
        height = Paragraph(title, style, Element("H1")).height(design.COLUMN)
        if height <= TITLE_TO - TITLE_FROM:
            break
        scale = min(0.92, ((TITLE_TO - TITLE_FROM) / height) ** 0.5)
        style = replace(style, size=style.size * scale, leading=style.leading * scale)
    return style


def cover(snapshot: Snapshot, approval: Approval, tree: Element, verify_url: str, voice: Voice) -> Chapter:
    """Return the cover."""
    return Chapter((_Cover(snapshot, approval, tree.add("Sect"), verify_url, voice),), bleed=True)


def summary(snapshot: Snapshot, tree: Element, voice: Voice) -> Chapter:
    """Return the asks with their addressees: on one page where they fit, smaller or in two columns if they are many."""
    sect = tree.add("Sect")
    asks = snapshot.recommendations
    title = wording.asks(voice, asks)
    for style, padding in ((LISTED, 6.5), (design.BRIEF, 3.4)):
        listed = Element("L", sect, numbering="Decimal")
        rows: list[Piece] = [_summary_row(ask, listed, style, padding, voice) for ask in asks]
        one_page = Stack(rows).height(design.COLUMN) <= SUMMARY_HEIGHT
        if one_page:
            break
    else:
        listed, rows, one_page = compact.columns(asks, sect, SUMMARY_HEIGHT, voice)
    kicker = voice.say("In one page") if one_page else voice.say("In brief")
    pieces = chapter_head(voice, sect, kicker, title, "summary")
    sect.kids.append(listed)
    if not asks:
        none = voice.say("This edition holds no recommendation.")
        pieces.append(Paragraph(none, design.BODY, sect.add("P", lang=voice.lang)))
    return Chapter((*pieces, *rows))


def _summary_row(ask: Recommendation, listed: Element, style: Style, padding: float, voice: Voice) -> Piece:
    item = listed.add("LI")
    missed = wording.missed(voice, ask)
    number = replace(
        design.NUMBER, colour=design.colour_for(ask), size=style.size + 0.4, leading=style.leading
    )
    name, body = item.add("Lbl"), item.add("LBody")
    text = Paragraph([style.words(ask.title, target=f"#recommendation-{ask.number}")], style, body.add("P"))
    label = replace(design.LABEL, align="right", leading=style.leading)
    addressee = voice.house(ask.addressee)
    to = [addressee, missed] if missed else [addressee]
    cells = [
        Paragraph(str(ask.number), number, name),
        text,
        Stack([Paragraph(line, label, body.add("P", lang=voice.lang)) for line in to]),
    ]
    grid = Grid((26, design.COLUMN - 26 - 92, 92 + 8), padding=padding, rule=design.HAIRLINE)
    return Table(grid, [Row.of(cells)])


def contents(
    entries: Sequence[Entry],
    pages: Mapping[str, int],
    tree: Element,
    *,
    kicker: str,
    title: str,
    language: str = "",
) -> Chapter:
    """Return the table of contents; `pages` holds the page number of each anchor, once all pages are known.

    `language` is that of its kicker and title where it is another than the paper's.
    """
    sect = tree.add("Sect")
    pieces = opening(sect.add("H2", lang=language), kicker, title, Heading(0, title, "contents"))
    for style, after in ((LISTED, 6.8), (design.BRIEF, 3.6)):
        toc = Element("TOC", sect)
        lines: list[Piece] = [_content(entry, pages, toc, style, after) for entry in entries]
        if Stack([*pieces, *lines], tight=TIGHT).height(design.COLUMN) <= BODY_HEIGHT + EXTRA:
            break
    sect.kids.append(toc)
    return Chapter((*pieces, *lines))


def _content(entry: Entry, pages: Mapping[str, int], toc: Element, style: Style, after: float) -> Piece:
    item = toc.add("TOCI")
    number = replace(design.NUMBER, size=style.size - 0.4, leading=style.leading, colour=entry.colour)
    label = Paragraph(entry.label, number, item.add("Lbl"))
    where = item.add("Reference")
    title = [style.words(entry.title, target=f"#{entry.anchor}")]
    called = Paragraph(title, style, where.add("Span", lang=entry.language))
    right = replace(style, align="right", colour=design.GREY)
    page = PageNumber(pages, entry.anchor, right, where.add("Span"))
    grid = Grid((26, design.COLUMN - 26 - 40, 48), padding=0)
    return Table(grid, [Row.of([label, called, page])], after=after)


def mandate(snapshot: Snapshot, tree: Element, voice: Voice) -> Chapter:
    """Return why the paper exists and how it was made, with what changed since the last edition."""
    sect = tree.add("Sect")
    figures = statistics(snapshot)
    title = voice.say("How this text came to be")
    pieces = chapter_head(voice, sect, voice.say("Mandate and method"), title, "mandate")
    told = wording.house_language(voice)
    if snapshot.mandate:
        pieces.append(Paragraph(snapshot.mandate, design.BODY, sect.add("P", lang=told)))
    listed = sect.add("L", numbering="Disc")
    for line in snapshot.method:
        item = listed.add("LI")
        bullet = Paragraph("–", design.BODY, item.add("Lbl"))
        body = Paragraph(line, design.BODY, item.add("LBody", lang=told))
        pieces.append(Hanging(bullet, body, 14, after=5))
    sentence = " ".join((*_invited(figures, voice), *_printed(snapshot, figures, voice)))
    style = replace(design.BODY, before=8)
    pieces.append(Paragraph(sentence, style, sect.add("P", lang=voice.lang)))
    if snapshot.changes:
        changed = voice.say("What changed since the last edition")
        pieces.append(Paragraph(changed, design.SUBHEADING, sect.add("H3", lang=voice.lang)))
        pieces += [Paragraph(line, design.BODY, sect.add("P")) for line in snapshot.changes]
    return Chapter(tuple(pieces))


def _invited(figures: Statistics, voice: Voice) -> Iterator[str]:
    if not figures.organisations:
        yield voice.say("No organisation is invited yet.")
        return
    who = wording.organisations(voice, figures.organisations)
    if figures.countries:
        countries = voice.tell("%(count)s country", "%(count)s countries", figures.countries)
        who = voice.say(
            "%(organisations)s from %(countries)s", {"organisations": who, "countries": countries}
        )
    if figures.partnerships:
        partnerships = voice.tell("%(count)s partnership", "%(count)s partnerships", figures.partnerships)
        yield voice.tell(
            "%(who)s was invited, a member of %(partnerships)s.",
            "%(who)s were invited, among them members of %(partnerships)s.",
            figures.organisations,
            {"who": who, "partnerships": partnerships},
        )
    else:
        yield voice.tell("%(who)s was invited.", "%(who)s were invited.", figures.organisations, {"who": who})
    yield voice.tell(
        "%(count)s of them tabled an amendment that is printed here, or took a position.",
        "%(count)s of them tabled an amendment that is printed here, or took a position.",
        figures.heard,
    )


def _printed(snapshot: Snapshot, figures: Statistics, voice: Voice) -> Iterator[str]:
    if figures.recommendations:
        counts = Counter(one.outcome.standing for one in snapshot.recommendations)
        order = (Standing.ADOPTED, Standing.NOT_ADOPTED, Standing.UNDECIDED)
        told = [
            wording.decided(voice, one, voice.number(counts[one]), counts[one])
            for one in order
            if counts[one]
        ]
        yield voice.tell(
            "%(count)s recommendation is printed here: %(what)s.",
            "%(count)s recommendations are printed here: %(what)s.",
            figures.recommendations,
            {"what": ", ".join(told)},
        )
