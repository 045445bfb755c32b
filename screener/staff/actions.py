"""What the trail's lines say, in words: every action that the program writes down has its own."""

import re

from screener.language import _, ngettext
from screener.staff import says
from screener.store.audit import COMMAND, SYSTEM

WORD = re.compile("by invitation|recovery code|[a-z]+")


def words() -> dict[str, str]:
    """Return what each action is called, as it reads after a name: "Sam Lee: Looked at a form"."""
    return {
        "record_seen": _("Looked at a form"),
        "record_printed": _("Printed a form"),
        "record_exported": _("Exported a form"),
        "record_deleted": _("Deleted a form"),
        "record_changed": _("Changed a form"),
        "searched": _("Searched the forms"),
        "exported": _("Made an export"),
        "key_made": _("Made a new clinic key"),
        "key_destroyed": _("Destroyed a clinic key"),
        "notices_tried_again": _("Tried notices again"),
        "backup_made": _("Made a backup"),
        "backup_brought_back": _("Brought a backup back"),
        "trail_checked": _("Checked the trail"),
        "signed_in": _("Signed in"),
        "signed_out": _("Signed out"),
        "signed_out_everywhere": _("Signed out everywhere"),
        "sign_in_failed": _("Failed to sign in"),
        "proven_again": _("Showed both factors again"),
        "password_changed": _("Changed the password"),
        "factor_added": _("Added a second factor"),
        "factor_removed": _("Removed a second factor"),
        "recovery_codes_made": _("Made recovery codes"),
        "recovery_used": _("Used a recovery code"),
        "sign_in_reset": _("Reset a sign-in"),
        "account_added": _("Added an account"),
        "account_disabled": _("Closed an account"),
        "account_enabled": _("Opened an account again"),
        "role_changed": _("Changed a role"),
    }


def said(action: str) -> str:
    """Return what one action is called; its bare name when a later version wrote it."""
    return words().get(action, action)


def details() -> dict[str, str]:
    """Return what stands behind the details that are a word of ours."""
    return {
        "asked": _("The person asked for it"),
        "mistake": _("Sent by mistake, or as a test"),
        "retention": _("Its time was over"),
    }


def explained(action: str, detail: str) -> str:
    """Return the detail of a line in words, without what only the program needs."""
    match action, detail.split():
        case "record_deleted", [reason, *_stand_in]:
            return details().get(reason, reason)
        case "record_exported" | "exported", [made_as, purpose, *count]:
            told = f"{made_as.upper()}: {says.purposes().get(purpose, purpose)}"
            return f"{told} ({count[0]})" if count else told
        case "signed_out_everywhere", [ended] if ended.isdigit():
            return ngettext("%(num)s browser", "%(num)s browsers", int(ended)) % {"num": ended}
        case _:
            known = _known()
            return WORD.sub(lambda word: known.get(word[0], word[0]), detail)


def _known() -> dict[str, str]:
    """Return the words that details are made of."""
    return {
        "app": _("app"),
        "by invitation": _("by invitation"),
        "passkey": _("passkey"),
        "recovery code": _("recovery code"),
        "left": _("left"),
        "to": _("to"),
        "reviewer": _("Reviewer"),
        "lead": _("Lead"),
        "admin": _("Admin"),
        "status": _("status"),
        "owner": _("owner"),
        "contact": _("contact"),
        "note": _("note"),
        "flag": _("note on a point"),
        "list": _("in a list:"),
        "patient": _("patient copy"),
        "clinician": _("clinician copy"),
    }


def actors(people: dict[str, str]) -> dict[str, str]:
    """Return all who may stand in the trail, by id: people first, then those who are none."""
    return {**people, SYSTEM: _("The program itself"), COMMAND: _("A command on the server")}
