"""Which secrets a database belongs to. The secrets themselves are in files beside it."""

from sqlalchemy import Column, LargeBinary, String, Table

from screener.store.models.base import metadata

key_mark = Table(
    "key_mark",
    metadata,
    Column("name", String(40), primary_key=True),  # of the file, such as "root.key"
    Column("mark", LargeBinary, nullable=False),  # derived from the secret; opens nothing
)
