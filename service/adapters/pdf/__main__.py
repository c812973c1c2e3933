"""The process apart: a request on standard input, the paper on standard output."""

import gc
import sys

from service.adapters.apart import limit_self
from service.adapters.pdf.apart import read_request
from service.adapters.pdf.render import render, render_draft

# What is drawn is kept until the end; to look for rubbish in it again and again would find none.
gc.disable()
limit_self(sys.argv[1:])
_snapshot, _approval, _verify_url = read_request(sys.stdin.buffer.read())
_paper = render(_snapshot, _approval, verify_url=_verify_url) if _verify_url else render_draft(_snapshot)
sys.stdout.buffer.write(_paper)
