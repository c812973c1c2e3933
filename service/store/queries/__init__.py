"""Queries behind what readers see: each a fixed number of statements, however many items there are."""
