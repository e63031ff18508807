"""The readable plan: one folder with tables, a run record and a page for the meeting."""

from koempel.region.report.files import OutcomeFolderError, StoredRun, read_run, write_outcome

__all__ = ["OutcomeFolderError", "StoredRun", "read_run", "write_outcome"]
