"""What compromises cover: written down when they are tabled, followed when they are decided."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from service.domain import compromises
from service.domain.actors import OrganisationKind
from service.domain.agendas import Agenda
from service.domain.amendments import ACCEPTED, Amendment, AmendmentAction
from service.domain.compromises import Cover, check_covers, come_back, fall_with
from service.domain.errors import NotCounted
from service.domain.events import AmendmentMoved
from service.domain.permissions import Permission
from service.domain.views.amendments import NumberedRef
from service.store.uow import UnitOfWork
from service.workflows.context import Context
from service.workflows.recommendations import author


def tabling(covered_ids: Sequence[str]) -> Permission:
    """Return what it takes to table an amendment that covers these."""
    return Permission.AMENDMENT_COMPROMISE if covered_ids else Permission.AMENDMENT_TABLE


def signing(covered_ids: Sequence[str]) -> Permission:
    """Return what it takes to co-sign an amendment that covers these: who is covered may say so until it is decided."""
    return Permission.AMENDMENT_SIGN_COMPROMISE if covered_ids else Permission.AMENDMENT_SIGN


def carrying_over(covered: Sequence[object]) -> Permission:
    """Return what it takes to carry over an amendment that covers these."""
    return Permission.AMENDMENT_REBASE_COMPROMISE if covered else Permission.AMENDMENT_REBASE


def withdrawing(covered: Sequence[object]) -> Permission:
    """Return what it takes to withdraw an amendment that covers these."""
    return Permission.AMENDMENT_WITHDRAW_COMPROMISE if covered else Permission.AMENDMENT_WITHDRAW


def covered_ids(work: UnitOfWork, amendment_id: str) -> tuple[str, ...]:
    """Return what an amendment covers; one that covers something is a compromise."""
    return tuple(cover.covered_id for cover in work.covers.all(compromise_id=amendment_id))


def covering(work: UnitOfWork, chosen: Sequence[Amendment]) -> Mapping[str, Sequence[str]]:
    """Return what each compromise among these covers: its id to theirs."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in work.covers.all(compromise_id=frozenset(a.id for a in chosen)):
        found[one.compromise_id].append(one.covered_id)
    return found


def check(work: UnitOfWork, amendment: Amendment, covered: Sequence[str]) -> tuple[str, ...]:
    """Return what a compromise covers, each once; refuses what it cannot cover."""
    wanted = tuple(dict.fromkeys(covered))
    if wanted:
        known = {one.id: one for one in work.amendments.all(id=frozenset(wanted))}
        themselves = {cover.compromise_id for cover in work.covers.all(compromise_id=frozenset(wanted))}
        check_covers(amendment, wanted, known, themselves)
    return wanted


def cover(ctx: Context, work: UnitOfWork, amendment: Amendment, covered: Sequence[str]) -> None:
    """Write down what a compromise covers, in the place of what it covered so far."""
    for earlier in work.covers.all(compromise_id=amendment.id):
        work.covers.remove(earlier)
    for one in covered:
        work.covers.add(Cover(ctx.new_id(), amendment.id, one))


def named(work: UnitOfWork, covered: Sequence[str]) -> tuple[NumberedRef, ...]:
    """Return what a compromise covers, by number."""
    known = work.amendments.all(id=frozenset(covered), order="number") if covered else ()
    return tuple(NumberedRef(one.id, one.number, one.state) for one in known)


def check_part(work: UnitOfWork, agenda: Agenda, organisation_id: str, *, compromise: bool = False) -> None:
    """Refuse an organisation that takes no part; the facility runs the round, and may propose a compromise in it.

    Raises:
        NotCounted: it takes no part.
    """
    if work.memberships.takes_part(agenda.id, organisation_id):
        return
    organisation = work.organisations.get(organisation_id)
    if not compromise or organisation.kind is not OrganisationKind.FACILITY:
        raise NotCounted(organisation=organisation.name)


def lock_with_covered(work: UnitOfWork, amendment_id: str) -> Amendment:
    """Return an amendment, ours with what it covers: locked in the order in which consolidation locks them."""
    ids = frozenset({amendment_id, *covered_ids(work, amendment_id)})
    if len(ids) == 1:
        return work.amendments.lock(amendment_id)
    locked = work.amendments.all(id=ids, order="number", lock=True)
    return next(one for one in locked if one.id == amendment_id)


def follow(work: UnitOfWork, agenda: Agenda, compromise: Amendment, *, accepted_before: bool) -> None:
    """Let what a compromise covers fall when it is accepted, and come back when it is accepted no more."""
    accepted = compromise.state in ACCEPTED
    if accepted and not accepted_before:
        _let_fall(work, agenda, compromise, work.covers.all(compromise_id=compromise.id, lock=True))
    elif accepted_before and not accepted:
        _let_come_back(work, agenda, compromise)


def let_fall(
    work: UnitOfWork, agenda: Agenda, accepted: Sequence[Amendment], covered: Collection[str]
) -> None:
    """Let those fall that were accepted after the compromise that covers them; each with the first that does."""
    for compromise in accepted if covered else ():
        covers = work.covers.all(compromise_id=compromise.id, covered_id=frozenset(covered), lock=True)
        _let_fall(work, agenda, compromise, covers)


def _let_fall(work: UnitOfWork, agenda: Agenda, compromise: Amendment, covers: Sequence[Cover]) -> None:
    """Let what is at stake of what a compromise covers fall; who locked the amendments reads its covers anew."""
    for cover in covers:
        covered = work.amendments.get(cover.covered_id)
        if compromises.is_at_stake(covered):
            cover.fell = True
            reason = fall_with(covered, compromise, person_id=author(work), now=work.now)
            _record(work, agenda, covered, AmendmentAction.FALL, reason)


def _let_come_back(work: UnitOfWork, agenda: Agenda, compromise: Amendment) -> None:
    for cover in work.covers.all(compromise_id=compromise.id, fell=True, lock=True):
        covered = work.amendments.get(cover.covered_id)
        cover.fell = False
        other = _other_accepted(work, cover)
        if other is None:
            _record(work, agenda, covered, AmendmentAction.RESTORE, come_back(covered, compromise))
        else:
            other.fell = True
            standing = work.amendments.get(other.compromise_id)
            reason = fall_with(covered, standing, person_id=author(work), now=work.now)
            _record(work, agenda, covered, AmendmentAction.FALL, reason)


def _other_accepted(work: UnitOfWork, cover: Cover) -> Cover | None:
    """Return the cover by another compromise that is accepted, if there is one."""
    rivals = [one for one in work.covers.all(covered_id=cover.covered_id, lock=True) if one.id != cover.id]
    return next((r for r in rivals if work.amendments.get(r.compromise_id).state in ACCEPTED), None)


def _record(
    work: UnitOfWork, agenda: Agenda, covered: Amendment, action: AmendmentAction, reason: str
) -> None:
    work.record(
        AmendmentMoved(covered.id, action.value, covered.state.value, reason),
        agenda_id=agenda.id,
    )
