"""Run by Alembic. The connection, and the transaction it is in, come from ``upgrade``."""

from alembic import context

from screener.store.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
