"""How much personal data the finder finds, and what it takes for it wrongly."""
