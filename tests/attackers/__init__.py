"""Whether anybody can work out what is hidden, from all that their role lets them see."""
