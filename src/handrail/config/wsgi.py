"""What the server runs: the site, once everything it stands on has been looked at."""

from handrail.config.start import start_or_stop

start_or_stop()

from django.core.wsgi import get_wsgi_application  # noqa: E402

from handrail.config.warm import warm  # noqa: E402

application = get_wsgi_application()
warm()
