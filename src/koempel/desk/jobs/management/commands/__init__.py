"""Commands of vacancies."""
