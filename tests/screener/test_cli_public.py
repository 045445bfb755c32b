from pathlib import Path

from tests.screener.commands import Run


def test_a_public_form_that_does_not_say_who_is_behind_it_is_not_served(
    run: Run, tmp_path: Path
) -> None:
    clinic = tmp_path / "clinic.toml"
    clinic.write_text(
        '[clinic]\nphone = "555"\n[server]\npublic_url = "https://forms.hill.example"\n'
        '[privacy]\ncontact = "a"\naddress = "b"\n[sending]\nanswered_within = "soon"\n'
    )

    done = run("serve", "--clinic", str(clinic), "--port", "0", "--data", str(tmp_path / "data"))

    assert done.code == 1
    places = [line.split(" is ")[0] for line in done.err.splitlines()]
    assert ["screener: [privacy] complaint", "screener: [privacy] staff"] == places
    assert not (tmp_path / "data").exists()
