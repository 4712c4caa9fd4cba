"""The fitted decision about a text below a card: an answer, a question of it, or something else."""
