"""Control charts: their marks, in words, as SVG and as a picture."""
