"""The tests mirror the source.

A package, because some libraries install a `tests` of their own, which would hide these otherwise.
"""
