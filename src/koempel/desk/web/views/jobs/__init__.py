"""Pages about vacancies: the list, the file, the form with its week, files in and out."""
