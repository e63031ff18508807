"""People and their cases: what the planner needs of them, and what guidance writes down."""
