"""What went is named, and why, for a person."""
