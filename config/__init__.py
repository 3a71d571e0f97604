"""The site: its settings, its URLs and its entry points for a web server."""
