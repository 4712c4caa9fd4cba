"""The platforms: each channel decodes what comes in and renders what goes out, within its limits."""
