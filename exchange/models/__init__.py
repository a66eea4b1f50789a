from .job import Job, Worker

__all__ = ["Job", "Worker"]
