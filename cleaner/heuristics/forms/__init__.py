"""Forms of text that are judged otherwise than as they are written."""
