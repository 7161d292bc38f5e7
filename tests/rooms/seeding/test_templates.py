from pathlib import Path

import pytest

from nova.seeding.sources.export import preview
from nova.seeding.sources.templates import recognise, templates

SAMPLES = {
    "sap_isu_customers": "PARTNER;NAME_FIRST;NAME_LAST;STREET;POST_CODE1;CITY1\n4711;Ada;Beispiel;Ring;01067;Dresden\n",
    "sap_isu_contracts": "VERTRAG;VKONT;ANLAGE;SPARTE;EINZDAT;AUSZDAT\n1;2;3;S;01.01.2026;31.12.9999\n",
    "sap_isu_meters": "EQUNR;SERNR;ANLAGE;MALO;EXT_UI;AB;BIS\n1;2;3;41373559241;DE0;20260101;20251231\n",
    "schleupen_customers": "Kundennummer;Vorname;Nachname;Straße;PLZ;Ort\n1;Ada;Beispiel;Ring;01067;Dresden\n",
    "schleupen_contracts": "Vertragsnummer;Kundennummer;Sparte;Tarif;Marktlokation;Lieferbeginn\n1;2;Strom;Grün;41373559241;01.01.2026\n",
    "schleupen_meters": "Zählernummer;MaLo-ID;MeLo-ID;Einbaudatum;Ausbaudatum\n1;41373559241;DE0;01.01.2026;\n",
}


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_an_export_is_recognised_and_mapped(tmp_path: Path, name: str, encoding: str) -> None:
    (tmp_path / "x.csv").write_bytes(SAMPLES[name].encode(encoding))
    found = preview(tmp_path / "x.csv")
    assert found.template == name
    assert set(found.mapping.values()) <= set(found.rows.columns) and found.rows.height == 1


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.name)
def test_every_template_knows_its_own_technical_headers(template) -> None:  # type: ignore[no-untyped-def]
    headers = [names[0] for names in template.columns.values()]
    assert recognise(headers) == template
    assert set(template.needs) <= set(template.columns)


def test_a_foreign_file_is_shown_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id;text\n" + "".join(f"{place};x\n" for place in range(20)))
    found = preview(tmp_path / "x.csv")
    assert found.template is None and found.mapping == {} and found.rows.height == 10


def test_a_validity_that_ends_before_it_begins_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(SAMPLES["sap_isu_meters"])
    assert "endet vor" in preview(tmp_path / "x.csv").problems[0].what
