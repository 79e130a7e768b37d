"""Heuristics: judge what the rules left open, for any source. Begin with `judge.py`.

Each folder may import those above it:

    trained/   the trained models, as data
    batches/   many documents as columns over all their blocks
    prompts/   which block names which prompt, and the lexicon
    features/  what the model looks at
    named/     what a model of single blocks cannot see
    running/   the same inside running text
    model/     the model of texts
    kind/      is a text an article at all?
    markup/    what elements say, and the model of pages
    verdict/   the page gate, and what stays or goes together
    forms/     wrapped lines, Markdown
    account/   names and reasons for what went
    training/  makes the models; `train.py` is its command
"""
