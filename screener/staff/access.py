"""Who may open what: one row for each address of the staff side.

A new route needs a row here, or the program does not start. An admin may do what a lead may, and a
lead what a reviewer may.
"""

from typing import Literal

from flask import Flask

Need = Literal["anyone", "password", "invited", "reviewer", "lead", "admin"]

# "password" and "invited" are half-way: what was shown so far, as `store.staff` calls it. Such a
# browser sees the next step and nothing else.
ACCESS: dict[str, Need] = {
    "staff.sign_in": "anyone",
    "staff.check_password": "anyone",
    "staff.invitation": "anyone",
    "staff.take_up": "anyone",
    "staff.second_factor": "password",
    "staff.check_second_factor": "password",
    "staff.set_up": "invited",
    "staff.take_factor": "invited",
    "staff.prove": "reviewer",
    "staff.check_proof": "reviewer",
    "staff.queue": "reviewer",
    "staff.search": "reviewer",
    "staff.show_new": "reviewer",
    "staff.record": "reviewer",
    "staff.record_contact": "reviewer",
    "staff.move_on": "reviewer",
    "staff.write_note": "reviewer",
    "staff.answer_finding": "reviewer",
    "staff.print": "reviewer",
    "staff.pdf": "reviewer",
    "staff.print_list": "reviewer",
    "staff.begin_list": "reviewer",
    "staff.list_state": "reviewer",
    "staff.print_again": "reviewer",
    "staff.list_file": "reviewer",
    "staff.figures": "lead",
    "staff.export": "lead",
    "staff.make_export": "lead",
    "staff.delete": "lead",
    "staff.find_to_delete": "lead",
    "staff.confirm_delete": "lead",
    "staff.delete_form": "lead",
    "staff.deleted": "lead",
    "staff.undelivered": "lead",
    "staff.try_again": "lead",
    "staff.trail": "lead",
    "staff.check_trail": "lead",
    "staff.home": "reviewer",
    "staff.account": "reviewer",
    "staff.password": "reviewer",
    "staff.change_password": "reviewer",
    "staff.app": "reviewer",
    "staff.take_app": "reviewer",
    "staff.remove_app": "reviewer",
    "staff.passkey": "reviewer",
    "staff.take_passkey": "reviewer",
    "staff.remove_passkey": "reviewer",
    "staff.make_recovery_codes": "reviewer",
    "staff.end_sign_in": "reviewer",
    "staff.sign_out_everywhere": "reviewer",
    "staff.accounts": "admin",
    "staff.new_account": "admin",
    "staff.add_account": "admin",
    "staff.one_account": "admin",
    "staff.change_role": "admin",
    "staff.disable": "admin",
    "staff.enable": "admin",
    "staff.new_link": "admin",
    "staff.stay": "reviewer",
    "staff.sign_out": "reviewer",
}
HALF_WAY = ("password", "invited")
RANKS = {"reviewer": 1, "lead": 2, "admin": 3}


class Unguarded(Exception):
    """A route of the staff side has no row here, or a row has no route."""


def may(role: str, endpoint: str) -> bool:
    """Say whether somebody in this role, signed in with both factors, may open a page."""
    need = ACCESS[endpoint]
    return need not in HALF_WAY and RANKS[role] >= RANKS.get(need, 0)


def check(app: Flask) -> None:
    """See that the table and the routes agree.

    Raises:
        Unguarded: they do not; it says where.
    """
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    ours = {endpoint for endpoint in routes if endpoint.startswith("staff.")}
    if differing := sorted(ours ^ ACCESS.keys()):
        raise Unguarded(f"screener/staff/access.py and the routes differ: {', '.join(differing)}")
