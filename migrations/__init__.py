"""How the database came to be what it is: one file per change, applied in order by alembic."""
