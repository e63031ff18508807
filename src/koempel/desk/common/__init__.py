"""What every other app stands on: roles, the context of a request, the audit trail."""
