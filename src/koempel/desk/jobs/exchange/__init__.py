"""Exchange of vacancies with other software: one neutral row, and an adapter per kind of file."""
