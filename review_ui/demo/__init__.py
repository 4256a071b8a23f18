"""The invented region's desk: three people and a few cases at different points."""
