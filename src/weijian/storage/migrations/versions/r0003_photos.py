"""Photographs: by which name they came, how the camera was held, and which building they show."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; what was kept before says nothing in them."""
    op.add_column("evidence", sa.Column("original_name", sa.Text()))
    op.add_column("evidence", sa.Column("relative_altitude_m", sa.Double()))
    op.add_column("evidence", sa.Column("pitch_deg", sa.Double()))
    op.add_column("evidence", sa.Column("utc_offset_min", sa.Integer()))
    op.add_column("evidence", sa.Column("position_from", sa.Text()))
    op.add_column("evidence", sa.Column("building_no", sa.Text()))
    op.create_index("ix_evidence_building_no", "evidence", ["building_no"])
