"""What was noted before is put right: a grade, its area, the words of a comment."""
