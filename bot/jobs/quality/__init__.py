"""What each week's answers set off."""
