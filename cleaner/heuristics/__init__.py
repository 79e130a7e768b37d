"""Heuristics: judge what the rules left open, for any source."""
