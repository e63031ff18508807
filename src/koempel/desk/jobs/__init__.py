"""Vacancies: what an employer offers, when, and to whom."""
