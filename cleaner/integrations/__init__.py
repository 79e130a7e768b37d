"""Cleaning as a step of other frameworks. Each module needs its framework, and nothing else imports it."""
