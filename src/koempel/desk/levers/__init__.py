"""Levers: what partners have, a ledger of it that never oversells, and who holds what."""
