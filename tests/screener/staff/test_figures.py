"""The figures as leads see them."""

from datetime import UTC

import pytest
from flask import Flask

from screener.store import Intake, Parcel
from screener.store.models import submission
from screener.store.tally import count, week
from tests.staff import Member


def tallied(intake: Intake, weeks_ago: int, **counts: int) -> None:
    with intake.database.writing() as connection:
        for name, by in counts.items():
            told = name.replace("__", ":").replace("_", "-")
            count(connection, week(intake.now(), UTC) - 7 * weeks_ago, told, by)


def sent(app: Flask, rank: int = 1) -> str:
    drafts = app.extensions["store"].drafts
    done = drafts.send(drafts.begin().token, Parcel(rank, "1+abc", {}, {}))
    return str(done.reference)


def text(member: Member) -> str:
    main = member.page.main
    assert main is not None
    return " ".join(main.get_text(" ").split())


def table(member: Member, name: str) -> list[list[str]]:
    found = member.page.select_one(f'[aria-label="{name}"]')
    assert found is not None, name
    return [[c.get_text() for c in row.select("th, td")] for row in found.select("tbody tr")]


def test_a_clinic_that_has_just_begun_is_told_so(lead: Member) -> None:
    lead.go("/staff/figures")

    assert "No form was sent in the last 12 weeks." in text(lead)
    assert [] == lead.page.select("main svg, main table")


def test_each_chart_is_named_told_in_words_and_has_its_table(intake: Intake, lead: Member) -> None:
    tallied(intake, 0, started=40, sent=30, level__now=10, level__info=20)
    tallied(intake, 0, fired__R_BP_HIGH=12, undecided__R_BP_UNK=9)

    lead.go("/staff/figures")

    charts = lead.page.select("main svg")
    assert ["img"] * 4 == [chart["role"] for chart in charts]
    for chart in charts:
        names = str(chart["aria-labelledby"]).split()
        title, told = (lead.page.select_one(f"#{name}") for name in names)
        assert title is not None
        assert told is not None
        drawn = [value.get_text() for value in chart.select(".value")]
        assert drawn == [row[-1] for row in table(lead, title.get_text())]
        assert all(value in told.get_text() for value in drawn)


def test_a_rule_is_named_as_the_content_names_it(intake: Intake, lead: Member) -> None:
    tallied(intake, 0, started=40, sent=30, level__info=30, fired__R_BP_DX=12, fired__R_OLD=11)

    lead.go("/staff/figures")

    assert [["R-BP-DX", "High blood pressure", "12"], ["R-OLD", "", "11"]] == table(
        lead, "Points raised most often"
    )


def test_only_the_ten_most_frequent_rules_are_drawn(intake: Intake, lead: Member) -> None:
    tallied(intake, 0, started=90, sent=90, level__info=90)
    tallied(intake, 0, **{f"fired__R_{number}": number for number in range(10, 30)})

    lead.go("/staff/figures")

    rows = table(lead, "Points raised most often")
    assert [str(number) for number in range(29, 19, -1)] == [row[-1] for row in rows]


def test_small_counts_are_not_shown_anywhere(intake: Intake, lead: Member) -> None:
    tallied(intake, 1, started=3, sent=3, level__now=3, fired__R_BP_DX=2)
    tallied(intake, 0, started=30, sent=30, level__info=30)

    lead.go("/staff/figures")

    weeks = [row[1] for row in table(lead, "Forms sent each week")]
    assert ["0"] * 10 + ["fewer than 5", "not shown"] == weeks
    levels = table(lead, "Forms by their most urgent point")
    assert ["fewer than 5", "0", "0", "not shown"] == [row[1] for row in levels]
    assert "fewer than 5" == table(lead, "Points raised most often")[0][2]


def test_how_soon_people_were_contacted_is_told_from_five_people_on(
    app: Flask, intake: Intake, lead: Member
) -> None:
    for rank, forms in ((0, 5), (1, 4)):
        for hours in range(forms):
            reference = sent(app, rank)
            with intake.database.writing() as connection:
                row = submission.update().where(submission.c.reference == reference)
                connection.execute(row.values(contacted_at=intake.now() + hours * 3600))

    lead.go("/staff/figures")

    assert [
        ["Call today", "2 hours", "5"],
        ["Raise first", "too few to say", "fewer than 5"],
        ["Discuss", "too few to say", "0"],
        ["For information", "too few to say", "0"],
    ] == table(lead, "Time to the first contact")


@pytest.mark.usefixtures("intake")
def test_who_waits_longest_is_named_by_the_reference_alone(app: Flask, lead: Member) -> None:
    reference = sent(app)

    lead.go("/staff/figures")

    assert [[reference, "1 minute", "Raise first"]] == table(lead, "Waiting longest")


def test_charts_are_mirrored_for_those_who_read_from_right_to_left(
    intake: Intake, lead: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    tallied(intake, 0, started=40, sent=30, level__now=10, level__info=20)
    usual = places(lead.go("/staff/figures"))

    monkeypatch.setattr("screener.language.known", lambda _asked: "ar-XB")
    mirrored = places(lead.go("/staff/figures"))

    assert {"0%", "100%"} == {usual["name"][0], mirrored["name"][0]}
    for name in ("bar", "value"):
        there = [100 - float(x.removesuffix("%")) for x in usual[name]]
        assert there == pytest.approx([float(x.removesuffix("%")) for x in mirrored[name]])
    assert {"0.4em", "-0.4em"} == {usual["room"][0], mirrored["room"][0]}


def places(member: Member) -> dict[str, list[str]]:
    """Where names, bars (their far end) and numbers stand, from the left."""
    ends = []
    for bar in member.page.select("main svg rect"):
        x, width = (float(str(bar[name]).removesuffix("%")) for name in ("x", "width"))
        right_to_left = member.page.select_one("html[dir=rtl]")
        ends.append(f"{x if right_to_left else x + width}%")
    numbers = member.page.select("main svg .value")
    return {
        "name": [str(text["x"]) for text in member.page.select("main svg text:not(.value)")],
        "bar": ends,
        "value": [str(text["x"]) for text in numbers],
        "room": [str(text["dx"]) for text in numbers if text.has_attr("dx")],
    }
