from .importing import Import, ImportRow
from .job import Job, Worker

__all__ = ["Import", "ImportRow", "Job", "Worker"]
