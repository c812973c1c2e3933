"""An edition in Akoma Ntoso 3 (OASIS LegalDocML), the format in which parliaments exchange texts and amendments."""

from service.adapters.pdf.akoma.writing import write

__all__ = ["write"]
