"""Pages of signing in, users, organisations, emergency access and the audit trail."""
