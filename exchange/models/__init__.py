from .export import Export, Exported
from .importing import Import, ImportRow
from .job import Job, Worker

__all__ = ["Export", "Exported", "Import", "ImportRow", "Job", "Worker"]
