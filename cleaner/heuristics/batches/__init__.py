"""A batch of documents as columns over all their blocks."""
