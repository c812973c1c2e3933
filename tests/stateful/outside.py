"""Who comes into a round from outside: invited persons, and programs that are told of it."""

import re
from enum import StrEnum
from typing import Any

from service.domain import invitations, webhooks
from service.domain.access import LinkPurpose
from service.domain.actors import Role, Scope
from service.domain.errors import IllegalMove
from service.domain.invitations import InvitationAction, InvitationState
from service.domain.webhooks import Answer, DeliveryAction, DeliveryState, WebhookAction, WebhookState
from service.workflows import links
from tests.stateful.ground import told
from tests.stateful.rounds import Round
from tests.stateful.story import Thing, way

FINE, FAILING = Answer(204), Answer(500)
WAYS_IN = (InvitationAction.SEND_AGAIN, InvitationAction.ACCEPT, InvitationAction.WITHDRAW)
MORE_THAN_ENOUGH = 15
"""So often a receiver fails until nobody tries any more."""


class Outside(Round):
    """What the facility does with invitations and webhooks, and what invited persons and programs answer."""

    def try_an_invitation(self, state: InvitationState, action: InvitationAction) -> None:
        """Bring an invitation to a state, and try what can be done with it."""
        name = f"guest-{len(self.visited)}-{state}-{action}".replace("_", "-")
        guest = self.ground.world.person(
            name, Role.REPRESENTATIVE, (Scope.COMMENT,), self.ground.world.lakeside_id
        )
        thing = Thing(guest.person_id, invitations.LIFECYCLE, InvitationState.SENT, self.ground.facility)
        self.story.expect(self._invite(thing), "done")
        for one in (*way(invitations.LIFECYCLE, thing.state, state, WAYS_IN), action):
            self._act_on_invitation(thing, InvitationAction(one))

    def _act_on_invitation(self, thing: Thing, action: InvitationAction) -> None:
        if action is InvitationAction.ACCEPT:
            world = self.ground.world
            with world.operator.transaction() as work:
                secret = links.make_link(work, world.operator, LinkPurpose.INVITATION, thing.path)
            shown = world.client.get("/sign-in/link", params={"key": secret}).text
            token = next(iter(re.findall(r'name="csrf" value="([^"]+)"', shown)), "")
            form = {"key": secret, "csrf": token}
            followed = world.client.post("/sign-in/link", data=form, follow_redirects=False)
            world.client.cookies.clear()
            assert followed.is_redirect == (self.move(thing, action) == "done"), followed.text
            return
        if action is InvitationAction.SEND_AGAIN:
            answer = self._invite(thing)
        else:
            answer = self.ground.facility.post(f"/persons/{thing.path}/invitation/withdrawal")
        self.story.expect(answer, self.move(thing, action))

    def _invite(self, thing: Thing) -> Any:  # noqa: ANN401 - httpx's answer
        return self.ground.facility.post(f"{self.story.round.agenda}/invitations", {"person_id": thing.path})

    def tell_a_program(self) -> None:
        """Register a webhook, switch it off and on, and let its messages arrive, fail, and be given up."""
        body = {"url": "https://hooks.example/in", "events": ["*"]}
        made = self.story.expect(
            self.ground.facility.post(f"{self.story.round.agenda}/webhooks", body), "done"
        )
        hook = Thing(
            f"/webhooks/{made['webhook']['id']}",
            webhooks.LIFECYCLE,
            WebhookState.ACTIVE,
            self.ground.facility,
        )
        for action in (
            WebhookAction.ENABLE,
            WebhookAction.DISABLE,
            WebhookAction.DISABLE,
            WebhookAction.ENABLE,
        ):
            answer = self.ground.facility.post(f"{hook.path}/{action}")
            self.story.expect(answer, self.move(hook, action))
            self.story.look(hook)
        message = self._message(hook)
        self._retry(message)
        self.ground.courier.answers[:] = [FAILING]
        for _ in range(MORE_THAN_ENOUGH):
            self.ground.work()
            self.ground.clock.advance(days=2)
        self._sees(hook, message, DeliveryAction.GIVE_UP)
        self._retry(message)
        self.ground.courier.answers[:] = [FINE]
        self.ground.clock.advance(days=1)
        self.ground.work()
        self._sees(hook, message, DeliveryAction.DELIVER)
        self._retry(message)

    def _message(self, hook: Thing) -> Thing:
        self.story.expect(self.ground.facility.post(f"{hook.path}/test"), "done")
        (sent,) = self.ground.facility.get(f"{hook.path}/messages").json()["items"]
        return Thing(sent["id"], webhooks.DELIVERIES, DeliveryState.WAITING, self.ground.facility)

    def _retry(self, message: Thing) -> None:
        answer = self.ground.facility.post(f"/webhook-messages/{message.path}/retry")
        assert told(answer) == self.move(message, DeliveryAction.RETRY), (answer.text, IllegalMove.code)

    def _sees(self, hook: Thing, message: Thing, action: StrEnum) -> None:
        self.story.moves(message, action)
        (shown,) = self.ground.facility.get(f"{hook.path}/messages").json()["items"]
        assert shown["state"] == message.state
