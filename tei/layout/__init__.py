"""What stands where on paper: pages, lines, running heads, foot notes, broken words."""
