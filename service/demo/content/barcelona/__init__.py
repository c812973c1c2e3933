"""The second meeting, in the middle of its amending phase."""
