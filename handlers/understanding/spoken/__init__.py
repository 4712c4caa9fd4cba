"""What is said in free words: refusals, a wish for a person, how a case stands, courtesies."""
