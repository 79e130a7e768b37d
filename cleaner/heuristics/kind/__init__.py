"""Whether a text is an article at all."""
