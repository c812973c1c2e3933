"""How somebody who signed in by a link confirms an act by mail, and goes on with what they typed."""

from dataclasses import replace

from tests.web.test_access import secret_of
from tests.web.visitors import Page, Site, Visitor


def confirmed_by_mail(site: Site, visitor: Visitor, asked: Page, path: str) -> tuple[Visitor, Page]:
    """Confirm what a page asks for, and send once more what was sent to `path`; returns the visitor from then on."""
    sent = visitor.sends("/me/confirmations/mail", asked.fields("/me/confirmations/mail"))
    done = visitor.sends("/me/confirmations/link", key=site.house.mailed.secret)
    renewed = replace(visitor, secret=secret_of(done.headers["set-cookie"]), headers=dict(visitor.headers))
    # The page from before belongs to the secret from before, so it is shown once more.
    again = renewed.sends(path, sent.fields(path))
    return renewed, renewed.sends(path, again.fields(path))
