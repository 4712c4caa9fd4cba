"""One reviewed file a change, in order."""
