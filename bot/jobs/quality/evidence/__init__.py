"""What proves that the quality policy is carried out, from what is stored now."""
