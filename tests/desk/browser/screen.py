"""What somebody does at a screen: press, follow, hand in, read what was done."""


def press(page, name):
    """Press the one button with a name."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    """Follow the first link with a name."""
    page.get_by_role("link", name=name, exact=True).first.click()


def says(page, words):
    """The desk tells that it is done, above the page."""
    page.locator(".notes").get_by_text(words).wait_for()


def hand_in(page, name, text):
    """Hand in a file, and have it looked at."""
    file = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Bestand").set_input_files(file)
    press(page, "Kijk het bestand na")
