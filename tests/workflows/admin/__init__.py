"""Tests of the pages that administrators use."""
