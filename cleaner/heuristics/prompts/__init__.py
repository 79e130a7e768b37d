"""The prompts that blocks name, in any language of the lexicon."""
