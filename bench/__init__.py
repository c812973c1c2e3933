"""The service's speed beside a bare application's, and the text core's beside other libraries'."""

COMMENTS = 50
"""How many comments the page that is read has."""
