"""The process apart: a request on standard input, the paper on standard output."""

import gc
import sys

from service.adapters.apart import limit_self
from service.adapters.pdf.apart import is_courtesy, read_courtesy, read_request
from service.adapters.pdf.courtesy import render_courtesy
from service.adapters.pdf.render import render, render_draft


def _paper(given: bytes) -> bytes:
    if is_courtesy(given):
        tree, identifier, made_at = read_courtesy(given)
        return render_courtesy(tree, identifier=identifier, made_at=made_at)
    snapshot, approval, verify_url = read_request(given)
    return render(snapshot, approval, verify_url=verify_url) if verify_url else render_draft(snapshot)


# What is drawn is kept until the end; to look for rubbish in it again and again would find none.
gc.disable()
limit_self(sys.argv[1:])
sys.stdout.buffer.write(_paper(sys.stdin.buffer.read()))
