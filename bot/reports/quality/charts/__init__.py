"""Control charts in words, as SVG and as a picture."""
