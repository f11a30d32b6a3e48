"""Tests of prose."""
