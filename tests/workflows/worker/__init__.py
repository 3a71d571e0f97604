"""Tests of the worker: what runs inside a process that django-q2 has started."""
