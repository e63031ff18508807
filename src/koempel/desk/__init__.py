"""The desk: the daily tool of the partnership, a Django application over the same engine."""
