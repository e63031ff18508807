"""From the tables of the desk to the planner and back."""
