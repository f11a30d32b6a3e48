"""Tests of safetycase."""
