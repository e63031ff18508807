"""Running the desk: the data folder, serving, administrators, duties, backups, health, the demo."""
