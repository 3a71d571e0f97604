"""Tests with real workers whose database goes wrong for a while: they wait, and go on."""
