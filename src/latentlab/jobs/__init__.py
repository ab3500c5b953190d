"""A long piece of work in a process of its own: progress, cancel, one at a time, kept on disk.

The app (``manager``) starts a worker (``python -P -m latentlab.jobs.worker``), hands it a folder,
and reads from that folder how it goes; so does every other visitor, and an app started later.
Nothing but the folder remains when a process is killed, and nothing but the folder is needed.
"""

from latentlab.errors import LatentlabError

__all__ = ["JobError"]


class JobError(LatentlabError):
    """A job that cannot be started, steered or kept now."""
