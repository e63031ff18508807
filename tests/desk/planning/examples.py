"""Objects behind the addresses of proposals."""

from desk.examples import example
from desk.factories.people import PersonFactory
from koempel.desk.common.context import acting, system


@example(
    "proposals:file",
    "proposals:take-back",
    "proposals:withdraw",
    "proposals:sheet",
    "proposals:sheet-link",
)
def case():
    with acting(system("proef")):
        return {"case": PersonFactory().pk}
