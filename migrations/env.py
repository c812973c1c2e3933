"""How alembic reaches the database: through a connection that the service hands over."""

from alembic import context
from sqlalchemy import Connection

from service.store import (  # noqa: F401 - declares the schema
    access_tables,
    bookkeeping,
    correction_tables,
    draft_tables,
    rendition_tables,
    review_tables,
    sealing_tables,
    signatory_tables,
    tables,
    translation_tables,
)
from service.store.columns import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
