"""How gunicorn serves the site: one process of eight threads unless the environment says more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from config import env, settings
from workflows.cluster import parent_pipe

wsgi_app = "config.wsgi"
bind = (
    f"[{settings.HOST}]:{settings.PORT}"
    if ":" in settings.HOST
    else f"{settings.HOST}:{settings.PORT}"
)
workers = env.number("WEB_WORKERS", default=1, at_least=1, at_most=64)
worker_class = "gthread"
threads = env.number("WEB_THREADS", default=8, at_least=1, at_most=256)
timeout = 60
# A stop waits for requests that run; `manage.py up` kills what has not ended after ten seconds.
graceful_timeout = 5
# Workers say through a file that they live: on a disk that could block for longer than `timeout`.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's files are private
loglevel = "warning"
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Hold the lifeline of `manage.py up`, here and in every worker that is forked."""
    parent_pipe.hold()
