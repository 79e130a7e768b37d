"""The commands without their syntax: a call is checked and run, and what it found is shown to people or as JSON."""
