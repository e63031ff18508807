"""Obstacles: what can stand between a person and a job, one module per kind.

Each module has a `KIND`, tells by `blocks` for which jobs the obstacle stands when the person has
only own means, and gives by `describe` the facts of one such job. A new kind is a new module here
and a line in `MODULES`; `docs/planner.md` lists what else to touch.
"""
