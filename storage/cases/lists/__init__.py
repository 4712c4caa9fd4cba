"""Many cases at once: pages of them, found by words, or of one incident."""
