"""Gathers from what is stored the evidence that the quality policy is carried out."""
