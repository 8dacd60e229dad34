"""Hostile calls through every client: the corpus, and what hypothesis adds to it."""
