"""The files inside the file: all of them follow from the agenda's data and from how the paper was made."""

from service.adapters.pdf import akoma, recipe
from service.adapters.pdf.data import Data
from service.adapters.pdf.finishing import Attachment
from service.adapters.pdf.recipe import AGENDA, Recipe
from service.adapters.pdf.voice import Voice
from service.domain import canonical
from service.domain.publication import Snapshot

PROOFS = "proofs.json"
MARKUP = "agenda.akn.xml"
JSON = "application/json"


def files(snapshot: Snapshot, data: Data, made_with: Recipe, voice: Voice) -> list[Attachment]:
    """Return what is attached to the paper of an edition."""
    attached = [
        Attachment(AGENDA, JSON, "Source", voice.say("The agenda as data"), data.text.encode()),
        Attachment(
            recipe.RECIPE,
            JSON,
            "Supplement",
            voice.say("How the paper was made from the data"),
            canonical.to_json(made_with).encode(),
        ),
    ]
    attached.append(
        Attachment(
            MARKUP,
            "application/akn+xml",
            "Alternative",
            voice.say("The text and its amendments in Akoma Ntoso 3"),
            akoma.write(snapshot),
        )
    )
    if snapshot.proofs is not None and snapshot.proofs.receipts:
        proofs = canonical.to_json(snapshot.proofs).encode()
        attached.append(
            Attachment(PROOFS, JSON, "Data", voice.say("Proofs that the record holds the positions"), proofs)
        )
    return attached
