"""Sources: rule files, how they are matched, and how the source of a text is located."""
