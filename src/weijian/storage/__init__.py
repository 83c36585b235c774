"""The workspace: database, evidence files, migrations."""
