"""Checking and exporting the audit trail."""
