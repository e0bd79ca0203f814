"""What a browser may keep to open without a network: the one service worker, and the pages that it shows.

Nothing here knows who asks. The worker keeps the addresses of :data:`PAGES` and :data:`FILES`, fetched
without cookies, and nothing else ever; every other page comes from the network or not at all. To add a page
that opens offline: a public view that renders with ``still_layout()``, one line in ``PAGES`` saying which
addresses it stands in for, and its scripts and styles in ``FILES``. What a page shows of somebody it takes
from a database of the browser, under a key that cannot be read out (static/handrail/phone.js).
"""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from handrail.web.shared.access import everyone
from handrail.web.shared.jinja import static
from handrail.web.shared.layout import still_layout

# The first words of an address, and the page shown there while there is no network; the first that fits.
PAGES = (("/", "entrance:kept"),)
FILES = (
    "nhsuk/nhsuk.css",
    "nhsuk/nhsuk.js",
    "handrail/handrail.css",
    "handrail/own-pages.css",
    "handrail/enabled.js",
    "handrail/phone.js",
    "handrail/mark.svg",
    "handrail/site.webmanifest",
)


@everyone()
def kept(request: HttpRequest) -> HttpResponse:
    """What is kept on this device, read by a script; the same page for everybody."""
    return HttpResponse(_kept())


@everyone()
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. A change to anything that it keeps makes it a new one, from the next visit on."""
    shell = [*dict.fromkeys(reverse(name) for _, name in PAGES), *(static(name) for name in FILES)]
    pages = [(words, reverse(name)) for words, name in PAGES]
    version = hashlib.sha256("\n".join([*shell, _kept()]).encode()).hexdigest()[:10]
    made = {"shell": json.dumps(shell), "pages": json.dumps(pages), "version": version}
    return HttpResponse(render_to_string("entrance/worker.js.txt", made), content_type="text/javascript")


def _kept() -> str:
    return render_to_string("entrance/kept.html", {"layout": still_layout()})
