"""Migrations: the schema, one dated step after another."""
