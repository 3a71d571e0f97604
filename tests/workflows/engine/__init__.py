"""Tests of the engine, one file per verb or subject."""
