"""What is accepted: normal forms, signs, and the rules by which a statement is proved."""
