"""Checking the audit trail."""
