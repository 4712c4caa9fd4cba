"""What all commands share: arguments as they are typed, and how commands write."""
