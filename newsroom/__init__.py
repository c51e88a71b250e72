"""The project: settings, addresses and processes of the two houses, and the database under them."""
