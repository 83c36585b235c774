"""Persons with sealed numbers, what households are found by, the history of rows, disposal classes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables; the words households are found by are entered when the workspace is opened."""
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_no", sa.Text(), nullable=False),
        sa.Column("household_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text()),
        sa.Column("id_number", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("id_mark", sa.Text()),
        sa.Column("phone_mark", sa.Text()),
        sa.Column("tail_mark", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.UniqueConstraint("person_no", name="uq_persons_person_no"),
        sqlite_autoincrement=True,
    )
    for column in ("household_no", "id_mark", "phone_mark", "tail_mark"):
        op.create_index(f"ix_persons_{column}", "persons", [column])
    op.create_table(
        "household_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_no", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text()),
        sa.Column("initials", sa.Text()),
        sa.Column("pinyin", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_household_search"),
        sa.UniqueConstraint("household_no", name="uq_household_search_household_no"),
        sqlite_autoincrement=True,
    )
    for column in ("holder", "initials", "pinyin"):
        op.create_index(f"ix_household_search_{column}", "household_search", [column])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE household_words USING fts5(text, tokenize='trigram', content='', columnsize=0)"
        )
        op.execute("CREATE VIRTUAL TABLE household_words_terms USING fts5vocab('household_words', 'instance')")
    op.create_table(
        "former_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_former_numbers"),
        sa.UniqueConstraint("part", "number", "successor", name="uq_former_numbers_part_number_successor"),
        sqlite_autoincrement=True,
    )
    for column in ("number", "successor"):
        op.create_index(f"ix_former_numbers_{column}", "former_numbers", [column])
    op.create_table(
        "disposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("building_no", sa.Text(), nullable=False),
        sa.Column("disposal", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rule_set", sa.Text()),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disposals"),
        sa.UniqueConstraint("building_no", name="uq_disposals_building_no"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "row_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("household_no", sa.Text()),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("field", sa.Text()),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.ForeignKeyConstraint(["action_id"], ["audit_entries.id"], name="fk_row_changes_action_id"),
        sa.PrimaryKeyConstraint("id", name="pk_row_changes"),
        sqlite_autoincrement=True,
    )
    for columns in (["action_id"], ["household_no"], ["part", "number"]):
        op.create_index(f"ix_row_changes_{'_'.join(columns)}", "row_changes", columns)
    op.create_table(
        "key_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_no", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_key_slots"),
        sa.UniqueConstraint("slot_no", name="uq_key_slots_slot_no"),
        sqlite_autoincrement=True,
    )
