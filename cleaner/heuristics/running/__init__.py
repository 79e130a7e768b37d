"""Named heuristics for prompts and headlines that stand inside running text."""
