"""Findings: in which action they were judged, so that a permit that is changed later can be told."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; of what was found before it says nothing."""
    op.add_column("findings", sa.Column("judged_in", sa.Integer()))
