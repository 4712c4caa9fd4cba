"""What is said of a case, while it is told and once it was filed: more, questions, that it ends."""
