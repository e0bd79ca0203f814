"""What the web server loads: the site, once it is certain that it can keep what it is given."""

from __future__ import annotations

from handrail.config.start import start_or_stop

start_or_stop()

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
