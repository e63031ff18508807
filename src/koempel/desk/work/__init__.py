"""Work that takes longer than a page: asked by a user, done by the worker, followed on a page."""
