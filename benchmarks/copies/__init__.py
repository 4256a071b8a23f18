"""How fast copies are found among very many posts, and how surely."""
