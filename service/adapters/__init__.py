"""What touches the world outside: PDF, signatures, identifiers, secrets."""
