"""The site's way in for a WSGI server: `granian --interface wsgi newsroom.site_wsgi:application`."""

from newsroom import standing

application = standing.opened("site")
