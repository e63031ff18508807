"""Mail that leaves the desk: an outbox in the database, sent once by the worker."""
