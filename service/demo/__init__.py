"""The demonstration: invented people and organisations, loaded through the use cases."""
