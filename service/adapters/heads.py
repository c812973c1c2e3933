"""What the first bytes of a file tell, at no cost: enough to leave what is certainly no paper unopened."""

_MARK = b"%PDF-"
_WITHIN = 1024


def is_pdf(content: bytes) -> bool:
    """Tell whether a file says that it is a PDF, which says nothing of whether it is a good one."""
    return _MARK in content[:_WITHIN]
