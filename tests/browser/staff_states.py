"""Every page of the staff side in the states that somebody who works there may meet."""

from collections.abc import Iterator

from playwright.sync_api import Route

from screener.store.print_jobs import Made
from tests.browser import breaking
from tests.browser.clinic import PASSWORD, Clinic, Member
from tests.browser.telling import STUMBLE

DIALOG = "still here"
State = tuple[str, Member]
CRISIS = {"si_passive": "yes", "si_active": "yes", "si_intent": "yes", "si_now": "yes"}


def beginning(robin: Member, clinic: Clinic) -> Iterator[State]:
    """The first account, from its link to an empty clinic."""
    link = clinic.invited("Robin Vale", "admin")
    yield "no such invitation", robin.go("/staff/invitation/nothing")
    yield "choose a password", robin.go(link)
    yield "choose a password: slip", robin.types(new_password="short").press("Continue")
    yield "set up", robin.types(new_password=PASSWORD).press("Continue")
    robin.reads_the_secret()
    yield "set up: slip", robin.types(code="000000").press("Continue")
    robin.reads_the_secret()
    yield "recovery codes", robin.types(code=robin.shown()).press("Continue")
    yield "queue, empty", robin.go("/staff/queue")
    yield "figures, empty", robin.go("/staff/figures")
    yield "notices, none", robin.go("/staff/notices")
    yield "account", robin.go("/staff/account")
    for page in ("password", "app", "passkey"):
        yield f"account, {page}", robin.go(f"/staff/account/{page}")
    yield "prove", robin.go("/staff/prove")
    yield "prove: slip", robin.types(password="x", code="x").press("Continue")
    yield from accounts(robin)
    yield "page not found", robin.go("/staff/nothing")
    robin.go("/staff/account").page.evaluate("document.getElementById('idle').showModal()")
    yield DIALOG, robin
    robin.go("/staff/account").press("Sign out")
    yield from signing_in(robin)


def by_number(sam: Member, clinic: Clinic) -> Iterator[State]:
    """Where the address is a number and no name, no browser makes a passkey."""
    sam.go(clinic.invited("Kim Poe", "reviewer")).types(new_password=PASSWORD).press("Continue")
    yield "set up, by number", sam
    sam.reads_the_secret()
    sam.types(code=sam.shown()).press("Continue")
    yield "account, by number", sam.go("/staff/account")
    yield "account, passkey, by number", sam.go("/staff/account/passkey")


def accounts(robin: Member) -> Iterator[State]:
    """Accounts, as an admin sees them."""
    yield "accounts", robin.go("/staff/accounts")
    yield "add an account", robin.follow("Add a person")
    yield "add an account: slips", robin.press("Add this person")
    robin.types(name="Sam Lee", email="sam.lee@example.org").page.check("#role-0")
    yield "an account's link", robin.press("Add this person")
    yield "one account", robin.go("/staff/accounts").follow("Sam Lee")


def signing_in(robin: Member) -> Iterator[State]:
    """Signing in, with what goes wrong."""
    yield "sign in", robin.go("/staff/sign-in")
    robin.types(email="robin.vale@example.org", password="wrong one here")
    yield "sign in: slip", robin.press("Continue")
    robin.types(email="robin.vale@example.org", password=PASSWORD)
    yield "second step", robin.press("Continue")
    yield "second step: slip", robin.types(code="000000").press("Sign in")
    yield "queue, empty, signed in", robin.types(code=robin.shown()).press("Sign in")


def working(robin: Member, sam: Member, clinic: Clinic) -> Iterator[State]:
    """A clinic with forms: the queue, a record, and two people at once."""
    clinic.sent()
    urgent, _reference = clinic.sent(**CRISIS)
    clinic.notice_given_up(urgent)
    yield "queue", robin.go("/staff/queue")
    yield "queue, filtered", robin.go("/staff/queue?level=now&owner=nobody")
    yield "queue, nothing matches", robin.go("/staff/queue?owner=mine")
    yield "search", robin.go("/staff/queue").types(typed="example").press("Find")
    yield "search, nothing matches", robin.types(typed="nobody").press("Find")
    yield "record", robin.go(f"/staff/forms/{urgent}")
    yield "record: slips", robin.press("Keep this contact")
    sam.go(f"/staff/forms/{urgent}").types(note="Called the ward.").press("Keep this note")
    robin.types(note="I call at noon.")
    yield "record, changed by another", robin.press("Keep this note")
    yield "record, worked on", robin.press("Keep this note")
    yield "not for reviewers", sam.go("/staff/trail")
    yield "no such form", sam.go("/staff/forms/nothing")
    yield from printing(robin, clinic)


def printing(robin: Member, clinic: Clinic) -> Iterator[State]:
    """A list on paper, in the states that it may be in."""
    yield "print a list", robin.go("/staff/queue").follow("Print a list")
    yield "print a list: slips", robin.types(first="2000-01-01", last="2000-01-02").press("Make")
    jobs, accounts = clinic.intake.print_jobs, clinic.intake.staff.accounts.listed()
    account = next(one for one in accounts if one.name == "Robin Vale")
    asked = (account.id, ["one", "another"], "patient", "a4", "pdf")
    job = jobs.begin(*asked)
    # Without the header by which it looks again: this test takes longer than that.
    robin.page.route("**/staff/print/*", _stays)
    yield "a list, running", robin.go(f"/staff/print/{job.id}")
    robin.page.unroute("**/staff/print/*")
    jobs.stop(job.id)
    yield "a list, stopped", robin.go(f"/staff/print/{job.id}")
    job = jobs.begin(*asked)
    jobs.finish(job, Made(b"%PDF", 1, ("BCDF-GHJK",)))
    yield "a list, ready", robin.go(f"/staff/print/{job.id}")
    assert "Page not found" != robin.heading
    jobs.finish(job, Made(b"", 0, ("BCDF-GHJK",)))
    yield "a list, nothing in it", robin.go(f"/staff/print/{job.id}")


def _stays(route: Route) -> None:
    response = route.fetch()
    headers = {name: one for name, one in response.headers.items() if name != "refresh"}
    route.fulfill(response=response, headers=headers)


def leading(robin: Member, clinic: Clinic) -> Iterator[State]:
    """What leads see and do."""
    form, reference = clinic.sent()
    robin.go(f"/staff/forms/{form}")
    yield "trail", robin.go("/staff/trail")
    yield "trail, of a form", robin.go(f"/staff/trail?form={reference}")
    yield "trail: slips", robin.go("/staff/trail?form=Jo")
    yield "trail, nothing matches", robin.go("/staff/trail?first=2999-01-01")
    yield "trail, checked", robin.go("/staff/trail").press("Check every line")
    clinic.had_busy_weeks()
    yield "figures", robin.go("/staff/figures")
    yield "notices", robin.go("/staff/notices")
    yield "export", robin.go("/staff/export")
    yield "export, counted", robin.press("Only count them")
    yield "export: slips", robin.types(form="Jo").press("Export")
    yield "delete", robin.go("/staff/delete")
    yield "delete: slip", robin.types(form="BCDF-GHJK").press("Find it")
    yield "delete this form", robin.types(form=reference).press("Find it")
    yield "delete this form: slips", robin.press("Delete it for good")
    robin.types(form=reference, reason="asked")
    yield "deleted", robin.press("Delete it for good")
    yield "trail, of a deleted form", robin.follow("Trail of this form")


def trouble(sam: Member, clinic: Clinic) -> Iterator[State]:
    """When something goes wrong on our side, or is sent wrong on theirs."""
    database = clinic.settings.data / "screener.db"
    form, _reference = clinic.sent()
    sam.go(f"/staff/forms/{form}").types(note="Called the ward, will call again at noon.")
    with breaking.away(database, "submission"):
        yield "record, cannot be saved", sam.press("Keep this note")
        yield "queue, cannot be shown", sam.go("/staff/queue")
    breaking.spoil(database, form)
    yield "record, cannot be opened", sam.go(f"/staff/forms/{form}")
    for status in (400, 405, 413, 429, 500):
        yield f"stumbling, {status}", sam.go(f"/staff/queue?{STUMBLE}={status}")
