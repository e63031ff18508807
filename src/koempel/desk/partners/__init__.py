"""Who takes part and where: places, establishments, contacts, what partners offer and seek."""
