"""Documents as word processors write them: what stood there, and what stands there."""

import pytest

from service.adapters.word.reading import paper_of
from service.domain.text import Look
from service.domain.word import Change, Paragraph, RemarkKind, Run, read
from tests.adapters.word.documents import BLOCKS, a_document, came, edited, exported, para, run, went

K, N, D, X = Change.KEPT, Change.INSERTED, Change.DELETED, Change.DROPPED
RUBY = (
    "<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r>"
    "</w:rubyBase></w:ruby><w:ruby/></w:r>"
)
TENTH = '<w:t xml:space="preserve"> of each budget for upkeep.</w:t></w:r>'


def runs(inside: str) -> list[tuple[str, Change]]:
    (paragraph,) = paper_of(a_document(para(inside))).paragraphs
    return [(one.text, one.change) for one in paragraph.runs]


def proposal(content: bytes) -> tuple[list[str], list[RemarkKind]]:
    found = read(paper_of(content), BLOCKS)
    return [block.text for block in found.blocks], [remark.kind for remark in found.remarks]


def test_words_inserted_struck_out_and_moved() -> None:
    inside = run("a ") + went("b ") + came(run("c ")) + went("d ", "moveFrom") + came(run("e"), "moveTo")
    assert runs(inside) == [("a ", K), ("b ", D), ("c ", N), ("d ", D), ("e", N)]


def test_what_one_inserted_and_another_struck_out_was_never_there() -> None:
    assert runs(run("a") + came(went("b")) + went("c")) == [("a", K), ("c", D)]
    assert runs(came(came(run("a")))) == [("a", N)]


def test_changes_of_many_hands_and_many_runs_are_one() -> None:
    assert runs(came(run("a")) + came(run("b")) + run("c") + run("d")) == [("ab", N), ("cd", K)]


@pytest.mark.parametrize("kind", ["ins", "moveTo"])
def test_ends_of_paragraphs_that_came_and_went(kind: str) -> None:
    both = '<w:p><w:pPr><w:rPr><w:ins w:id="1"/><w:del w:id="2"/></w:rPr></w:pPr></w:p>'
    paper = paper_of(a_document(para("", kind) + para("", "del") + para("", "moveFrom") + both + para("")))
    assert [p.end for p in paper.paragraphs] == [N, D, D, X, K]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "a b c d"),
        ("<w:r><w:t>co</w:t><w:softHyphen/><w:t>op</w:t><w:noBreakHyphen/><w:t>x</w:t></w:r>", "co\u00adop\u2011x"),
        ('<w:r><w:sym w:font="Arial" w:char="2192"/></w:r>', "→"),
        ('<w:r><w:t>a</w:t><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:char="zz"/></w:r>', "a"),
        ('<w:r><w:t>a</w:t><w:sym w:char="7FFFFFFFFFFFFFFF"/><w:sym w:char="D800"/></w:r>', "a"),
        (f'<w:smartTag w:element="City"><w:smartTagPr/>{run("Ghent")}</w:smartTag>', "Ghent"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (f"<w:customXml>{run('a')}</w:customXml><w:proofErr/><w:bookmarkEnd/>", "a"),
        (RUBY, "東"),
        (f'<w:fldSimple w:instr=" DATE ">{run("today")}</w:fldSimple>', "today"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
            '<w:r><w:t>hidden</w:t><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t>'
            '<w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="end"/></w:r>' + run(" after"),
            "7 after",
        ),
    ],
)  # fmt: skip
def test_what_stands_among_words(inside: str, text: str) -> None:
    assert "".join(one for one, _ in runs(inside)) == text


def test_links_of_every_make() -> None:
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId9" Type="http://x/hyperlink" Target="https://a.example" TargetMode="External"/>'
        b"</Relationships>"
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://c.example" </w:instrText>'
        f'<w:fldChar w:fldCharType="separate"/></w:r>{run("c")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    inside = (
        f'<w:hyperlink r:id="rId9">{run("a")}</w:hyperlink><w:hyperlink w:anchor="x">{run("-")}</w:hyperlink>'
        f"<w:fldSimple w:instr='HYPERLINK \"https://b.example\"'>{run('b')}</w:fldSimple>{field}{run('.')}"
    )
    content = a_document(para(inside), {"word/_rels/document.xml.rels": relations})
    assert [(one.text, one.look.href) for one in paper_of(content).paragraphs[0].runs] == [
        ("a", "https://a.example"),
        ("-", ""),
        ("b", "https://b.example"),
        ("c", "https://c.example"),
        (".", ""),
    ]


def test_looks_of_words() -> None:
    def looking(properties: str) -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>x</w:t></w:r>"

    inside = (
        looking("<w:b/>")
        + looking('<w:b w:val="0"/>')
        + looking('<w:i w:val="true"/><w:rPrChange/>')
        + looking("<w:u/>")
    )
    assert paper_of(a_document(para(inside))).paragraphs[0].runs == (
        Run("x", K, Look(strong=True)),
        Run("x"),
        Run("x", K, Look(emphasis=True)),
        Run("x"),
    )


def test_what_cannot_be_taken_is_counted_and_its_words_left_out() -> None:
    box = f"<mc:AlternateContent><mc:Choice><w:drawing>{run('box')}</w:drawing></mc:Choice></mc:AlternateContent>"
    body = (
        f"<w:tbl><w:tr><w:tc>{para(run('cell'))}</w:tc></w:tr></w:tbl>"
        + para(f"<w:r>{box}<w:pict/><w:commentReference/><w:footnoteReference/><w:endnoteReference/></w:r>")
        + para(f"<m:oMath>{run('x')}</m:oMath>{box}" + '<w:r><w:sym w:char="F04A"/></w:r>')
        + para(came("<w:r><w:drawing/></w:r>", "del"))
    )
    paper = paper_of(a_document(body))
    assert ([p.runs for p in paper.paragraphs], paper.ignored) == (
        [(), (), ()],
        {"table": 1, "picture": 4, "comment": 1, "note": 2, "symbol": 1},
    )


def test_styles_are_known_by_name_whatever_their_id() -> None:
    styles = (
        b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults/>'
        b'<w:style w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>'
        b'<w:style w:styleId="Citation"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/></w:style>'
        b'<w:style w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="Titre2"/></w:style>'
        b'<w:style w:styleId="Odd"><w:name w:val="Odd"/></w:style><w:style w:styleId="Bare"/></w:styles>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://x/styles" Target="styles.xml"/></Relationships>'
    )
    listed = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/></w:numPr></w:pPr></w:p>'
    body = (
        "".join(para("", style=name) for name in ("Titre2", "Citation", "Mine", "Odd", "Unheard"))
        + para("")
        + "".join(listed.format(level) for level in ("1", "8", "x"))
        + "<w:p><w:pPr><w:numPr/></w:pPr></w:p>"
    )
    parts = {"word/styles.xml": styles, "word/_rels/document.xml.rels": relations}
    assert [p.style for p in paper_of(a_document(body, parts)).paragraphs] == [
        *("heading 2", "quote", "heading 2", "", ""),
        *("", "list 2", "list 6", "list 1", "list 1"),
    ]


def test_a_document_of_the_strict_edition_is_read_the_same() -> None:
    content = a_document(
        para(run("a") + came(run("b"))), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert paper_of(content).paragraphs == (Paragraph((Run("a"), Run("b", N))),)


def test_an_edit_as_word_saves_it() -> None:
    change = (
        '<w:t xml:space="preserve"> of each </w:t></w:r>'
        + went("budget")
        + came('<w:r w:rsidR="00AB12CD"><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>programme</w:t></w:r>')
        + '<w:proofErr w:type="spellStart"/><w:commentRangeStart w:id="0"/>'
        + run(" for upkeep.")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    content = edited(exported(), (TENTH, change))
    words = [block.text for block in BLOCKS]
    words[1] = "Reserve a tenth of each programme for upkeep."
    assert proposal(content) == (words, [RemarkKind.IGNORED])


def test_an_edit_with_tracking_switched_off_is_asked_about() -> None:
    content = edited(exported(), (" of each budget for upkeep.", " of each budget for its upkeep."))
    words = [block.text for block in BLOCKS]
    words[1] = "Reserve a tenth of each budget for its upkeep."
    assert proposal(content) == (words, [RemarkKind.UNTRACKED_CHANGE])


def test_changes_that_were_accepted_before_count_as_untracked_and_rejected_ones_not_at_all() -> None:
    amended = (*BLOCKS[:4], *BLOCKS[5:])
    accepted = exported(amended, amended)
    assert proposal(accepted) == (
        [block.text for block in BLOCKS],
        [RemarkKind.MISSING_PARAGRAPH, RemarkKind.UNCHANGED],
    )
    assert proposal(exported()) == ([block.text for block in BLOCKS], [RemarkKind.UNCHANGED])
