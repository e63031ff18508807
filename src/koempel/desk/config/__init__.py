"""Settings, addresses and the doors of the web server."""
