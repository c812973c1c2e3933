"""What is said of the texts in a round of the demonstration: amendments, what becomes of them, and threads."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest

from service.demo.content import model
from service.demo.content.wording import amended, text_for
from service.demo.rounds import Round
from service.demo.stage import Act
from service.domain.amendments import AmendmentAction, Opinion
from service.domain.assessments import EvidenceStrength, Finding, PolicyFit
from service.domain.comments import CommentAction, CommentKind, CommentState
from service.domain.text import Block
from service.workflows import amendments, assessments, comments, consolidation, decisions, reading

DECISIONS = {
    "under_examination": AmendmentAction.EXAMINE,
    "accepted": AmendmentAction.ACCEPT,
    "accepted_modified": AmendmentAction.ACCEPT_MODIFIED,
    "rejected": AmendmentAction.REJECT,
    "fallen": AmendmentAction.FALL,
}
"""What the rapporteur does with an amendment that is admissible."""

CLOSINGS = {"resolved": CommentAction.RESOLVE, "declined": CommentAction.DECLINE}


def tabling(told: Round, wave: model.Wave) -> Iterator[Act]:
    """Cities table a wave of amendments, a first one on each recommendation, then a second, and others sign them."""
    queues = [_on(told, recommendation, wave) for recommendation in told.meeting.recommendations]
    for turn in zip_longest(*queues):
        for amendment in filter(None, turn):
            yield partial(_table, told, amendment)
            for city in amendment.cosignatories:
                yield partial(_sign, told, amendment, f"city{city}")


def _on(told: Round, recommendation: model.Recommendation, wave: model.Wave) -> list[model.Amendment]:
    return [
        one
        for one in told.meeting.amendments
        if one.recommendation == recommendation.key and one.wave == wave
    ]


def _worded(told: Round, amendment: model.Amendment, edits: Sequence[model.Edit]) -> tuple[Block, ...]:
    """Return the full blocks that the edits make of the text on which the amendment was written."""
    (recommendation,) = (r for r in told.meeting.recommendations if r.key == amendment.recommendation)
    base = text_for(told.meeting, recommendation, amendment.wave)
    return told.texts[recommendation.key].blocks(amended(base, edits))


def _table(told: Round, amendment: model.Amendment) -> None:
    account = f"city{amendment.city}"
    told.amendments[amendment.key] = amendments.table(
        told.stage.acting(account),
        amendments.TableAmendment(
            told.recommendations[amendment.recommendation],
            told.texts[amendment.recommendation].version_id,
            told.stage.voice(account),
            _worded(told, amendment, amendment.edits),
            amendment.justification,
            amendment.language,
            covers=tuple(told.amendments[key] for key in amendment.covers),
        ),
    )


def _sign(told: Round, amendment: model.Amendment, account: str) -> None:
    command = amendments.SignAmendment(told.amendments[amendment.key], told.stage.voice(account))
    amendments.sign(told.stage.acting(account), command)


def deciding(told: Round, wave: model.Wave) -> Iterator[Act]:
    """On each recommendation the facility admits, the rapporteur advises and decides, and some authors withdraw."""
    for recommendation in told.meeting.recommendations:
        those = _on(told, recommendation, wave)
        yield partial(_admit, told, those)
        yield partial(_decide, told, those)
        for amendment in those:
            if amendment.state == "withdrawn":
                yield partial(_withdraw, told, amendment)


def _admit(told: Round, those: Sequence[model.Amendment]) -> None:
    with (ctx := told.stage.acting("facility")).transaction():
        for one in those:
            amendment_id = told.amendments[one.key]
            if one.state == "inadmissible":
                action = AmendmentAction.DECLARE_INADMISSIBLE
                decisions.decide(ctx, decisions.Decide(amendment_id, action, one.reason))
            elif one.state not in {"tabled", "withdrawn"}:
                decisions.decide(ctx, decisions.Decide(amendment_id, AmendmentAction.ADMIT))


def _decide(told: Round, those: Sequence[model.Amendment]) -> None:
    """What falls does so after the decision on what it falls with; what a compromise covers falls with it by itself."""
    with (ctx := told.stage.acting("rapporteur")).transaction():
        for one in those:
            if one.opinion is not None:
                opinion = Opinion(one.opinion)
                decisions.advise(ctx, decisions.Advise(told.amendments[one.key], opinion, ""))
        covered = {key for each in those for key in each.covers if each.state == "accepted"}
        for one in sorted(those, key=lambda each: each.state == "fallen"):
            if one.state in DECISIONS and one.key not in covered:
                blocks = _worded(told, one, one.adopted) if one.adopted else None
                decisions.decide(
                    ctx,
                    decisions.Decide(told.amendments[one.key], DECISIONS[one.state], one.reason, blocks),
                )


def _withdraw(told: Round, amendment: model.Amendment) -> None:
    amendments.withdraw(told.stage.acting(f"city{amendment.city}"), told.amendments[amendment.key])


def consolidating(told: Round, wave: model.Wave) -> Iterator[Act]:
    """The rapporteur works what was accepted into the next version of each recommendation."""
    for recommendation in told.meeting.recommendations:
        if any(one.state in {"accepted", "accepted_modified"} for one in _on(told, recommendation, wave)):
            yield partial(_consolidate, told, recommendation)


def _consolidate(told: Round, recommendation: model.Recommendation) -> None:
    with (ctx := told.stage.acting("rapporteur")).transaction():
        command = consolidation.Consolidate(
            told.recommendations[recommendation.key], note="What was accepted in the first reading"
        )
        consolidation.consolidate(ctx, command)
        told.read(ctx, recommendation, 2)


def talking(told: Round, wave: model.Wave) -> Iterator[Act]:
    """People comment on the text that a wave is written on, others answer, and threads are settled."""
    threads = [thread for thread in told.meeting.threads if thread.wave == wave]
    for thread in threads:
        yield partial(_post, told, thread)
    for replies in zip_longest(*([(one, reply) for reply in one.replies] for one in threads)):
        for thread, reply in filter(None, replies):
            yield partial(_answer, told, thread, reply.author, reply.text)
    for thread in threads:
        if thread.closed_by is not None and thread.state == "answered":
            yield partial(_answer, told, thread, thread.closed_by, thread.closing)
        elif thread.closed_by is not None:
            yield partial(_settle, told, thread, thread.closed_by, CLOSINGS[thread.state], thread.closing)
        elif thread.replies:
            yield partial(_keep_open, told, thread)


def _post(told: Round, thread: model.Thread) -> None:
    text = told.texts[thread.recommendation]
    told.threads[thread.key] = comments.post(
        told.stage.acting(thread.author),
        comments.PostComment(
            told.recommendations[thread.recommendation],
            told.stage.voice(thread.author),
            CommentKind(thread.kind),
            thread.text,
            text.version_id,
            text.ids[thread.block] if thread.block is not None else None,
            quotation=thread.quote or "",
        ),
    )


def _answer(told: Round, thread: model.Thread, account: str, text: str) -> None:
    command = comments.Answer(told.threads[thread.key], told.stage.voice(account), text)
    comments.answer(told.stage.acting(account), command)


def _settle(told: Round, thread: model.Thread, account: str, action: CommentAction, text: str = "") -> None:
    comments.settle(told.stage.acting(account), comments.Settle(told.threads[thread.key], action, text))


def _keep_open(told: Round, thread: model.Thread) -> None:
    """Who asked asks on, where others have answered and the thread is meant to stay open."""
    state = reading.comment(told.stage.acting(thread.author), told.threads[thread.key]).state
    if state is CommentState.ANSWERED:
        _settle(told, thread, thread.author, CommentAction.REOPEN)


def assessing(told: Round, wave: model.Wave) -> Iterator[Act]:
    """EU services assess the text that a wave is written on."""
    for one in told.meeting.assessments:
        if one.wave == wave:
            yield partial(_assess, told, one)


def _assess(told: Round, one: model.Assessment) -> None:
    recommendation_id = told.recommendations[one.recommendation]
    ctx = told.stage.acting(one.author)
    with ctx.transaction():
        text = reading.recommendation(ctx, recommendation_id).current_version
        finding = Finding(
            PolicyFit(one.fit), EvidenceStrength(one.strength), one.fit_note, one.strength_note, one.reference
        )
        voice = told.stage.voice(one.author)
        command = assessments.GiveAssessment(recommendation_id, voice, text.id, text.digest, finding)
        assessments.give(ctx, command)
