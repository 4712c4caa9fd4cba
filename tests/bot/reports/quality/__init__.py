"""Charts, measures and open figures, as people read them."""
