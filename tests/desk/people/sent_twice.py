"""Two threads send the same form of a case at once, on a database of their own.

Prints per form how many rows came of it, and how many answers led on. A program and no test:
threads of one process need real connections. `test_sent_twice.py` starts it on both databases.
"""
# ruff: noqa: E402, T201 - the desk comes before its models, and printing is how this talks.

import json
import sys
from threading import Barrier, Thread

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client

from desk.factories.accounts import UserFactory
from desk.factories.people import PersonFactory, VillageFactory
from desk.people.test_sent_twice import FORMS
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role


def count(model):
    with acting(system("proef")):
        return model.objects.count()


def send(clients, address, sent):
    """The addresses that the answers lead to."""
    answers, barrier = [], Barrier(len(clients))

    def post(client):
        barrier.wait()
        answers.append(client.post(address, sent).headers.get("Location", ""))
        connection.close()

    threads = [Thread(target=post, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def main(rounds):
    call_command("migrate", verbosity=0, skip_checks=True)
    VillageFactory()
    user = UserFactory(role=Role.SOCIAL_WORKER)
    clients = [Client(SERVER_NAME="localhost") for _ in range(2)]
    for client in clients:
        client.force_login(user)
    found = {}
    for form, (model, path, answers) in FORMS.items():
        rows = led_on = 0
        for number in range(rounds):
            with acting(system("proef")):
                person = PersonFactory(caseworker=user)
            address = "/mensen/nieuw/" if form == "register" else f"/mensen/{person.pk}/{path}"
            own = {"last_name": f"Draad {number}"} if form == "register" else {}
            before = count(model)
            urls = send(clients, address, answers | own | {"sleutel": f"{form} {number}"})
            rows += count(model) - before
            led_on += sum(bool(url) for url in urls)
        found[form] = [rows, led_on]
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
