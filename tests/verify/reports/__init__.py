"""Tests of callsheet.verify.reports."""
