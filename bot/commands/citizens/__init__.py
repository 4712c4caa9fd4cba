"""What citizens are owed: cases, rights, and the notice above every reply."""
