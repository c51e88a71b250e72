"""The desk's way in for a WSGI server: `granian --interface wsgi newsroom.desk_wsgi:application`."""

from newsroom import standing

application = standing.opened("desk")
