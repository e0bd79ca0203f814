"""How gunicorn serves the site: two workers of four threads, on this machine only.

``gunicorn --config python:handrail.config.gunicorn_settings handrail.config.wsgi``. A proxy in front ends
the encryption, sets X-Forwarded-For and X-Forwarded-Proto, and drops what visitors claim of either.
"""

import os

from handrail.config.start import start_or_stop

bind = f"127.0.0.1:{os.environ.get('HANDRAIL_PORT', '8000')}"
workers = 2
threads = 4
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
limit_request_line = 4096
limit_request_fields = 50
loglevel = "warning"
accesslog = None  # an address may name a person's record


def on_starting(_server: object) -> None:
    """Look before any worker begins: two workers that fail at once end gunicorn with a trace instead."""
    start_or_stop()
