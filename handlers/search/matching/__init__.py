"""How the words of a question match those of the cards: terms, spelling, sound, weights."""
