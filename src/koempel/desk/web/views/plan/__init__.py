"""Pages about plans: the latest one, the register, what-ifs and scenarios. Nobody is named here."""
