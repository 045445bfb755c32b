"""`screener check --mutants`: would the boundary patients notice a slip in a rule."""

import click

import rules
from rules.mutants.boundary import choose, judge
from rules.mutants.files import Boundary, as_yaml, boundary_patients, calm_patient
from screener.cli.faults import BadSettingsError
from screener.cli.output import write
from screener.renderers.sheet.beside import told


def check_mutants(content: rules.Content) -> None:
    """Print how many mutants the boundary patients kill, and every survivor in words."""
    calm = calm_answers(content)
    patients = boundary_patients(content)
    for patient in patients:
        _fits(content, patient, calm)
    verdict = judge(content, patients, calm)
    click.echo(f"mutants killed  {verdict.killed} / {verdict.total}, by {len(patients)} patients")
    for mutant in verdict.alike:
        click.echo(f"no patient can tell this from the rule: {mutant}")
    for mutant, killer in verdict.survivors:
        click.echo(f"survivor: {mutant}")
        click.echo(f"  this patient would tell it apart: {told(content, killer, calm)}")
    if verdict.survivors:
        what = f"{len(verdict.survivors)} mutants survive"
        raise BadSettingsError(f"{what}; find new patients with --boundary")


def make_boundary(content: rules.Content, output: str) -> None:
    """Find the boundary patients anew and write them to a file."""
    patients = choose(content, calm_answers(content))
    write(output, as_yaml(patients).encode("utf-8"))
    click.echo(f"{len(patients)} boundary patients", err=True)


def calm_answers(content: rules.Content) -> dict[str, rules.Value]:
    """Return the calm patient's answers, or end with a line that says what does not fit."""
    try:
        return calm_patient(content)
    except rules.AnswerError as error:
        what = f"the calm patient (rules/mutants/calm.yaml) does not fit this content: {error}"
        raise BadSettingsError(what) from error


def _fits(content: rules.Content, patient: Boundary, calm: rules.Answers) -> None:
    try:
        patient.result(content, calm)
    except (rules.AnswerError, rules.LimitError) as error:
        what = f"a boundary patient does not fit this content ({error})"
        raise BadSettingsError(f"{what}; find new ones with --boundary") from error
