"""The platforms: what comes in is decoded, what goes out is rendered within their limits."""
