"""What a timeline says about somebody's doorstroom."""

from koempel.desk.transitions.enums import Step, TransitionState
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.rules import Told
from koempel.region import dutch

_TITLES = {
    TransitionState.EVALUATION_DUE: "Evaluatie gepland",
    TransitionState.READY: "Klaar voor doorstroom",
    TransitionState.PREPARATION: "Doorstroom: de voorbereiding begint",
    TransitionState.MATCHING: "Doorstroom: een plek zoeken",
    TransitionState.INTERNSHIP: "Doorstroom: de stage begint",
    TransitionState.AFTERCARE: "Doorstroom: contract, de nazorg begint",
    TransitionState.RENEWED_SAME: "Evaluatie: verlengd met hetzelfde pakket",
    TransitionState.RENEWED_CHANGED: "Evaluatie: verlengd met een ander pakket",
    TransitionState.REGULAR_CONTRACT: "Doorgestroomd naar gewoon werk",
    TransitionState.NO_FAULT_RETURN: "Zonder fout terug in de sociale economie",
    TransitionState.REFUSED: "Doorstroom geweigerd",
    TransitionState.STOPPED: "Doorstroom stopgezet",
    TransitionState.LEFT: "Uit dienst in de sociale economie",
}

_SAID = {
    "view": "Kijk van het bedrijf op de evaluatie",
    "hours": "Uren begeleiding",
    "suspend": "Doorstroom opgeschort",
    "resume": "Doorstroom loopt weer",
    "agreement": "Stageovereenkomst opgeschreven",
    "link": "Link om te tekenen gemaakt",
    "sign_mail": "Link om te tekenen gemaild",
    "sign": "Stageovereenkomst getekend",
    "talk": "Nazorg gedaan",
    "talk_undone": "Nazorg toch niet gedaan",
}
"""What is said of steps that leave the state as it is."""


def title_of(transition: Transition, step: str) -> str:
    """One line about a step."""
    title = _SAID.get(step) or _TITLES[TransitionState(transition.state)]
    return f"{title}: {transition.employer}"[:200]


def state_title(state: str) -> str:
    """What a timeline says when a round comes into a state."""
    return _TITLES[TransitionState(state)]


def said_of(step: str) -> str:
    """What a step that leaves the state as it is says, or nothing."""
    return _SAID.get(step, "")


def text_of(step: Step, told: Told) -> str:
    """What was told with a step."""
    parts = (
        told.view.label if told.view else "",
        f"Bezoek op {dutch.day(told.day)}" if told.day and step.key != "contract" else "",
        f"Eerste werkdag: {dutch.day(told.day)}" if told.day and step.key == "contract" else "",
        f"Coach: {told.coach}" if told.coach else "",
        f"{dutch.trimmed(float(told.hours))} uur" if told.hours else "",
        _pause_words(told),
        told.reason.label if told.reason else "",
        told.explanation,
    )
    return ". ".join(filter(None, parts))[:400]


def _pause_words(told: Told) -> str:
    if told.pause is None:
        return ""
    pause = told.pause
    days = f"van {dutch.day(pause.first)}, weer verder op {dutch.day(pause.until)}"
    return f"{pause.reason.label}, {days}"
