"""The addresses of the site: each audience's pages under its own word, and the way in at the root.

A person's word is ``you``: an address shows on a phone and says nothing.
"""

from django.urls import include, path

urlpatterns = [
    path("", include("handrail.web.entrance.urls")),
    path("", include("handrail.web.entrance.library_urls")),
    path("you/", include("handrail.web.person.urls")),
    path("see/", include("handrail.web.recipient.urls")),
    path("calendar/", include("handrail.web.peer.feed_urls")),
    path("peer/", include("handrail.web.peer.urls")),
    path("study/", include("handrail.web.assessor.urls")),
    path("team/", include("handrail.web.team.urls")),
    path("duty/", include("handrail.web.duty.urls")),
    path("office/", include("handrail.web.office.urls")),
    path("accounts/", include("handrail.web.accounts.urls")),
]

handler400 = "handrail.web.shared.errors.bad_request"
handler403 = "handrail.web.shared.errors.not_found"
handler404 = "handrail.web.shared.errors.not_found"
handler429 = "handrail.web.shared.errors.too_many"
handler500 = "handrail.web.shared.errors.broken"
