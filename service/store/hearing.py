"""Who may know of which comment: the one place where the database is asked that."""

from sqlalchemy import ColumnElement, or_

from service.domain.comments import Audience
from service.domain.permissions import Sight
from service.store.tables import comments

OPEN_TO_ALL = comments.c.audience == Audience.EVERYONE
"""The threads that everyone may read, and that alone are counted and printed."""


def readable(sight: Sight) -> ColumnElement[bool]:
    """Return the condition that a reader may know of a comment: nobody sees an organisation's own but itself."""
    return or_(OPEN_TO_ALL, comments.c.organisation_id.in_(sorted(sight.organisation_ids)))
