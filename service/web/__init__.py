"""Pages: thin handlers that decode a form, call one use case, and render HTML."""
