"""REST: thin handlers that decode, call one use case, and render JSON."""
