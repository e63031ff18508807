"""Running the desk: the data folder, serving, administrators, backups, health, the demo."""
