"""Ratios of the service to a bare application on the same libraries, measured in the same run."""

COMMENTS = 50
"""How many comments the page that is read has."""
