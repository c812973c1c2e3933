"""The files inside the file: all of them follow from the agenda's data and from how the paper was made."""

from service.adapters.pdf import akoma, recipe
from service.adapters.pdf.data import Data
from service.adapters.pdf.finishing import Attachment
from service.adapters.pdf.recipe import AGENDA, Recipe
from service.domain import canonical
from service.domain.publication import Snapshot

PROOFS = "proofs.json"
MARKUP = "agenda.akn.xml"
JSON = "application/json"


def files(snapshot: Snapshot, data: Data, made_with: Recipe) -> list[Attachment]:
    """Return what is attached to the paper of an edition."""
    attached = [
        Attachment(AGENDA, JSON, "Source", "The agenda as data", data.text.encode()),
        Attachment(
            recipe.RECIPE,
            JSON,
            "Supplement",
            "How the paper was made from the data",
            canonical.to_json(made_with).encode(),
        ),
    ]
    attached.append(
        Attachment(
            MARKUP,
            "application/akn+xml",
            "Alternative",
            "The text and its amendments in Akoma Ntoso 3",
            akoma.write(snapshot),
        )
    )
    if snapshot.proofs is not None and snapshot.proofs.receipts:
        proofs = canonical.to_json(snapshot.proofs).encode()
        attached.append(
            Attachment(PROOFS, JSON, "Data", "Proofs that the record holds the positions", proofs)
        )
    return attached
