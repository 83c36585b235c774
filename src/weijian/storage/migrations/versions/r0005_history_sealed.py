"""The journal of rows comes under the audit's chain."""

from datetime import UTC, datetime

from alembic import op

from weijian.storage.audit import seal_former_lines

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Seal the lines that are there; those of later actions are sealed by their own entries."""
    seal_former_lines(op.get_bind(), datetime.now(UTC))
