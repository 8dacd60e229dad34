"""Tests of callsheet.verify."""
