"""Pages about toeleiding: who is referred where, candidates for a seat, seats for a person."""
