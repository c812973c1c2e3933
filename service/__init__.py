"""Sympolity: versioned recommendations, amendments, endorsements, and a signed PDF."""
