"""Tests, by the layer that they drive; fakes of the platforms are in fakes/."""
