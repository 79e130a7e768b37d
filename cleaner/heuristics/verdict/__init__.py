"""From what the model says to what goes: the page gate, and what stays or goes together."""
