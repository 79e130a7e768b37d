"""What the model looks at: tables of named rows, and how each is computed."""
