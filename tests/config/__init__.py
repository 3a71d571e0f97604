"""Tests of the site's settings and of how it starts."""
