"""What can be said: terms, relations, statements, and how they are read and printed."""
