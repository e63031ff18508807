"""The command `koempel`.

Each command imports what it needs when it runs, so that `koempel --help` answers at once
(tests/test_architecture.py allows imports inside functions here for that reason). Data go to
standard output, words to standard error. Exit status: 0 done, 1 a fault of Koempel, 2 faulty
input, 130 stopped by the user.
"""

import json
import shlex
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

app = typer.Typer(
    name="koempel",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Voorbeeld: koempel region demo --people 400 --jobs 100, en dan
    koempel plan demo --out plan

    Koempel zoekt wie welke job kan bereiken, wat er tussen staat en welke hefboom dat wegneemt.
    Het plan stelt voor; een mens beslist.""",
)

Folder = Annotated[Path, typer.Argument(metavar="MAP", help="De map van de regio.")]
AsJson = Annotated[bool, typer.Option("--json", help="Geef het antwoord als JSON.")]


@app.command("region", short_help="Maak een verzonnen regio met echte geografie.")
def make_region(
    folder: Folder,
    people: Annotated[int, typer.Option(min=1, max=500_000, help="Aantal mensen.")] = 4000,
    jobs: Annotated[int, typer.Option(min=1, max=200_000, help="Aantal jobs.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Zelfde getal, zelfde regio.")] = 7,
    municipalities: Annotated[
        str, typer.Option(help="Gemeenten (naam of NIS-code), gescheiden door komma's.")
    ] = "Beringen,Heusden-Zolder,Houthalen-Helchteren",
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Dag van het plan (jjjj-mm-dd).")
    ] = None,
) -> None:
    """Voorbeeld: koempel region demo --people 4000 --jobs 1000 --seed 7

    Maak een verzonnen regio met echte geografie.
    """
    from koempel.progress import bar
    from koempel.region.synthetic import synthetic_region
    from koempel.region.tables import write_region

    names = tuple(name.strip() for name in municipalities.split(",") if name.strip())
    day = today.date() if today else date.today()  # noqa: DTZ011 - the user's own day
    with bar("De regio wordt gemaakt") as told:
        region = synthetic_region(
            people=people,
            jobs=jobs,
            seed=seed,
            municipalities=names,
            today=day,
            progress=told,
        )
        write_region(region, folder)
    _say(f"Klaar: {len(region.people)} mensen en {len(region.jobs)} jobs in {folder}.")
    _next("plan", folder, "--out", _beside(folder))


@app.command(short_help="Kijk alle tabellen van een regio na.")
def check(folder: Folder, as_json: AsJson = False) -> None:
    """Voorbeeld: koempel check demo

    Kijk alle tabellen van een regio na en toon elke fout.
    """
    from koempel.region.checks import check_region

    found = 0
    for issue in check_region(folder):
        found += 1
        print(json.dumps(_plain(issue), ensure_ascii=False) if as_json else issue)  # noqa: T201
    if found:
        _say(f"Aantal fouten: {found}. Verbeter ze en kijk opnieuw na.")
        raise typer.Exit(2)
    _say("Geen fouten gevonden.")
    _next("plan", folder, "--out", _beside(folder))


@app.command(short_help="Maak een plan met redenen.")
def plan(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", help="De map waarin het plan komt.")],
    seconds: Annotated[
        float | None, typer.Option(min=0, help="Zoek hoogstens zo lang naar het beste plan.")
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Zoek tot bewezen is dat het plan het beste is.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Zelfde getal, zelfde plan.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Voorbeeld: koempel plan demo --out plan

    Maak een plan: wie naar welke job, met welke hefbomen, en waarom. Stop met Ctrl-C: het beste
    plan tot dan wordt bewaard.
    """
    from koempel.progress import stages
    from koempel.region.tables import read_region

    with stages() as told:
        told("read", 0.0)
        region = read_region(folder)

        # Only now: the planner takes seconds to load, and a fault in a table should show at once.
        from koempel.region.plan import make_plan
        from koempel.region.report.files import run_json, write_outcome
        from koempel.region.standing import to_bytes

        made = make_plan(region, seed=seed, seconds=seconds, exact=exact, progress=told)
        told("write", 0.0)
        state = to_bytes(made.standing)
        write_outcome(out, made.outcome, region, choice_state=state)
    if as_json:
        sys.stdout.buffer.write(run_json(made.outcome.run))
    _summary(made.outcome)
    _say(f"Het plan staat in {out}. Lees {out / 'report.html'}.")
    _next(*(("why", folder, region.people[0].id) if region.people else ("--help",)))


@app.command(short_help="Waarom kan iemand een job wel of niet bereiken?")
def why(
    folder: Folder,
    person: Annotated[str, typer.Argument(metavar="PERSOON", help="Code van de persoon.")],
    job: Annotated[str | None, typer.Argument(metavar="[JOB]", help="Code van de job.")] = None,
    as_json: AsJson = False,
) -> None:
    """Voorbeeld: koempel why demo K-7F3Q J-00012

    Waarom kan iemand een job wel of niet bereiken? Zonder job: wat is er mogelijk?
    """
    from koempel.progress import bar
    from koempel.region.names import Names
    from koempel.region.reach import Explorer
    from koempel.region.setting import Setting
    from koempel.region.tables import read_region
    from koempel.region.why import PairAnswer, PersonAnswer, why_job, why_person
    from koempel.region.why_words import pair_in_words, person_in_words

    answer: PersonAnswer | PairAnswer
    with bar("Wie kan waarheen?"):
        region = read_region(folder)
        explorer = Explorer(Setting(region))
        if job is None:
            answer = why_person(explorer, person)
            words = person_in_words(answer)
        else:
            answer = why_job(explorer, person, job)
            words = pair_in_words(answer, Names(region))
    text = json.dumps(_plain(answer), ensure_ascii=False, indent=2) if as_json else " ".join(words)
    print(text)  # noqa: T201


@app.command("what-if", short_help="Wat als er meer of minder van een hefboom was?")
def ask_what_if(
    folder: Folder,
    plan_folder: Annotated[Path, typer.Option("--plan", help="De map van het plan.")],
    changes: Annotated[
        list[str], typer.Option("--set", help="HEFBOOM=+10, HEFBOOM=-2 of HEFBOOM=25.")
    ],
    as_json: AsJson = False,
) -> None:
    """Voorbeeld: koempel what-if demo --plan plan --set fietsen-71004=+10

    Wat als er meer of minder van een hefboom was? Het plan zelf verandert niet.
    """
    from koempel.progress import bar
    from koempel.region.report.files import read_run
    from koempel.region.standing import from_bytes
    from koempel.region.tables import region_digest
    from koempel.region.what_if import ask, parse_change, what_if
    from koempel.region.what_if_words import what_if_in_words

    asked = [parse_change(text) for text in changes]
    stored = read_run(plan_folder)
    if stored.run.inputs_digest != region_digest(folder):
        _fail(
            f"De regio in {folder} is veranderd sinds dit plan. "
            f"Maak eerst een nieuw plan: koempel plan {folder} --out {plan_folder}"
        )
    standing = from_bytes(stored.state or b"")
    question = ask(standing, asked)
    with bar("Het plan wordt herrekend"):
        answer = what_if(standing, question)
    if as_json:
        print(json.dumps(_plain(answer), ensure_ascii=False, indent=2))  # noqa: T201
    else:
        print("\n".join(what_if_in_words(answer)))  # noqa: T201


Host = Annotated[str, typer.Option(help="Adres waarop Koempel luistert.")]
Port = Annotated[int, typer.Option(min=1, max=65_535, help="Poort waarop Koempel luistert.")]
File = Annotated[Path, typer.Argument(metavar="BESTAND", help="Het bestand van de back-up.")]


@app.command(short_help="Open de webtoepassing.")
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Voorbeeld: koempel serve --port 8000

    Open de webtoepassing: databank bijwerken, webserver en werker starten. Stop met Ctrl-C.
    """
    _load_desk()
    from koempel.desk.operations.prepare import prepare_database, prepare_files

    def prepare() -> None:
        prepare_database()
        prepare_files()

    _serve(host, port, prepare, _told_address)


@app.command(short_help="Toon de webtoepassing met verzonnen gegevens.")
def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="[MAP]", help="De map voor de verzonnen gegevens.")
    ] = Path("demo"),
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Voorbeeld: koempel demo demo

    Toon de webtoepassing met een verzonnen regio van 4.000 mensen en 1.000 jobs. Aanmelden gaat
    met één klik per rol. Wat je er doet, blijft in de map staan; wis ze voor een nieuwe start.
    """
    import os

    from koempel.desk.operations.serve import address

    # The demonstration never touches the data of an office.
    os.environ |= {"KOEMPEL_DATA": str(folder), "KOEMPEL_DEMO": "1", "KOEMPEL_DATABASE": "sqlite"}
    os.environ.pop("KOEMPEL_HTTPS", None)
    os.environ["KOEMPEL_SITE"] = address(host, port)
    _load_desk()
    from django.utils import timezone

    from koempel.desk.operations.demo import load_demo
    from koempel.desk.operations.prepare import prepare_database, prepare_files

    def prepare() -> None:
        prepare_database()
        load_demo(at=timezone.now())
        prepare_files()

    _serve(host, port, prepare, _shown_address)


@app.command("createadmin", short_help="Maak een beheerder.")
def create_admin(
    email: Annotated[str, typer.Option(help="E-mailadres om mee aan te melden.")],
    name: Annotated[str, typer.Option(help="Naam van de beheerder.")],
    organisation: Annotated[
        str, typer.Option(help="Organisatie; een nieuwe wordt gemaakt.")
    ] = "Samenwerkingsverband",
    generate: Annotated[
        bool, typer.Option("--generate", help="Verzin een wachtwoord en toon het één keer.")
    ] = False,
    password_file: Annotated[
        typer.FileText | None, typer.Option(help="Bestand met het wachtwoord; - is de invoer.")
    ] = None,
) -> None:
    """Voorbeeld: koempel createadmin --email an@heusden.invalid --name "An Schachtbok"

    Maak een beheerder. Zonder --generate of --password-file wordt het wachtwoord twee keer
    gevraagd. Maak er twee: een beheerder geeft een rol nooit alleen.
    """
    import secrets

    password = secrets.token_urlsafe(18) if generate else _password(password_file)
    _load_desk()
    from django.utils import timezone

    from koempel.desk.operations.admins import count_operators, create_operator
    from koempel.desk.operations.prepare import prepare_database

    prepare_database()
    user = create_operator(
        email, name=name, organisation=organisation, password=password, on=timezone.now()
    )
    _say(f"{user.name} ({user.email}) is beheerder van {user.organisation}.")
    if generate:
        print(password)  # noqa: T201
    if count_operators() == 1:
        _say("Maak ook een tweede beheerder: een rol geven doe je met twee.")
    _next("serve")


@app.command(short_help="Maak een back-up, ook terwijl er gewerkt wordt.")
def backup(file: File) -> None:
    """Voorbeeld: koempel backup /mnt/veilig/koempel-maandag.zip

    Maak een back-up van de databank, de bestanden en de sleutel. Ze wordt meteen teruggelezen en
    nagekeken. Er mag intussen gewerkt worden.
    """
    _load_desk()
    from django.utils import timezone

    from koempel.desk.operations.backup import make_backup
    from koempel.progress import bar

    with bar("De back-up wordt gemaakt en nagekeken"):
        manifest = make_backup(file, at=timezone.now())
    _say(f"Klaar en nagekeken: {sum(manifest.rows.values())} rijen in {file}.")
    _say("In dit bestand staan gegevens van mensen. Bewaar het versleuteld, op een andere plaats.")
    _next("restore", file)


@app.command(short_help="Zet een back-up terug.")
def restore(
    file: File,
    replace: Annotated[
        bool, typer.Option("--replace", help="Ook als er al gegevens staan; die blijven bewaard.")
    ] = False,
) -> None:
    """Voorbeeld: koempel restore /mnt/veilig/koempel-maandag.zip

    Zet een back-up terug in de map van KOEMPEL_DATA. Ze wordt eerst helemaal nagekeken.
    """
    _load_desk()
    from django.utils import timezone

    from koempel.desk.operations.restore import restore_backup
    from koempel.progress import bar

    with bar("De back-up wordt nagekeken en teruggezet"):
        restored = restore_backup(file, replace=replace, at=timezone.now())
    _say(f"De back-up van {restored.manifest.made_at[:16].replace('T', ' om ')} staat terug.")
    if restored.kept is not None:
        _say(f"Wat er stond, is bewaard in {restored.kept}.")
    _next("serve")


def _load_desk() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koempel.desk.config.settings")
    django.setup()


def _serve(
    host: str, port: int, prepare: Callable[[], None], opened: Callable[[str], None]
) -> None:
    from django.conf import settings

    from koempel.desk.operations.serve import serve

    serve(settings.DATA_DIR, host=host, port=port, prepare=prepare, say=_say, opened=opened)


def _told_address(address: str) -> None:
    _say(f"Koempel is open op {address} (stoppen: Ctrl-C)")


def _shown_address(address: str) -> None:
    import os
    import webbrowser

    _told_address(address)
    _say("Aanmelden gaat met één klik: kies op de eerste pagina een rol.")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)


def _password(file: Any) -> str:
    if file is not None:
        return str(file.readline().rstrip("\r\n"))
    if not sys.stdin.isatty():
        _fail("Geef het wachtwoord met --password-file, of laat er een verzinnen met --generate.")
    typed = typer.prompt("Wachtwoord", hide_input=True, confirmation_prompt="Nog eens", err=True)
    return str(typed)


def _summary(outcome: Any) -> None:
    from koempel.region.words import summary_in_words

    for line in summary_in_words(outcome):
        _say(line)


def _plain(record: Any) -> Any:
    """A record as JSON knows it."""
    from dataclasses import asdict

    return json.loads(json.dumps(asdict(record), default=str))


def _beside(folder: Path) -> Path:
    """Where a plan of a region is at home: beside it."""
    return folder.parent / ("plan" if folder.name == "region" else f"{folder.name}-plan")


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


def _next(*command: object) -> None:
    _say(f"Volgende stap: {shlex.join(['koempel', *map(str, command)])}")


def _fail(message: str) -> NoReturn:
    _say(message)
    raise typer.Exit(2)


def main() -> None:
    """Run the command; turn errors made on purpose into one clear line."""
    try:
        app()
    except KeyboardInterrupt:
        _say("Gestopt. Er is niets geschreven.")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away, as with `| head`.
        sys.exit(0)
    except Exception as error:
        sys.exit(_status(error))


def _status(error: Exception) -> int:
    from koempel.errors import KoempelError, StoppedError
    from koempel.planner.errors import VerificationError

    if isinstance(error, StoppedError):
        _say(str(error))
        return 130
    if isinstance(error, VerificationError):
        _say(f"Het plan kwam niet door de controle en wordt niet getoond: {error}")
        return 1
    if isinstance(error, KoempelError):
        _say(str(error))
        return 2
    raise error
