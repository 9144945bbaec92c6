"""The pack builder: pages from a process of its own, kept recipes, aliases, what is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.dialogs.export import ExportDialog
from desktop.export_worker import make_pack
from desktop.preview import Preview, encoded
from desktop.preview_worker import painted
from desktop.tasks import FlowRunner
from exporters.pdf.briefing import briefing_pages
from exporters.progress import Silent
from exporters.recipes import kept_fields, recipe_of, told_by
from exporters.request import ExportRequest, Recipe
from model import records as r
from model.commands.recipes import keep_recipe
from model.redaction import redact
from tests.packs import DAY, document, empty_content, put, sample

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from model.document import Content


def _small() -> Content:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", tlp="CLEAR", name="Elders"))
    put(content, "actors", r.Actor(id="b", tlp="RED", name="Hidden House"))
    return content


@pytest.mark.slow
def test_pages_come_from_another_process_and_it_ends_with_the_preview(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    preview = Preview(FlowRunner(window))
    request = ExportRequest(audience="GREEN", as_of=DAY, recipe=Recipe(sections=("actors",)))
    with qtbot.waitSignal(preview.laid_out, timeout=60_000) as laid:
        preview.lay_out(encoded(redact(document(_small()), "GREEN").content), request)
    assert [page[2] for page in laid.args[0]] == ["", "Contents", "Actors"]
    with qtbot.waitSignal(preview.shown, timeout=60_000) as shown:
        preview.want(2, 300)
    number, image = shown.args
    assert number == 2
    assert image.width() == 300
    process = preview._process
    assert process is not None
    assert process.is_alive()
    preview.close()
    with pytest.raises(ValueError, match="closed"):
        process.is_alive()


def test_a_painted_page_shows_what_the_pdf_draws(qapp: object) -> None:
    request = ExportRequest(audience="GREEN", as_of=DAY, recipe=Recipe(sections=("actors",)))
    pack = make_pack(redact(document(_small()), "GREEN").content, request)
    image = painted(briefing_pages(pack, Silent())[0], 200)
    colours = {image.pixelColor(x, y).name() for x in range(200) for y in range(image.height())}
    assert "#ffffff" in colours
    assert "#000000" in colours  # the ground of the TLP label


def test_a_kept_recipe_comes_back_as_it_was() -> None:
    recipe = Recipe(
        "For donors",
        ("limits", "map"),
        page="letter",
        inserts="same",
        colours="grey",
        options=(("map", "poster"),),
    )
    opened = document(_small())
    fields = {**kept_fields(recipe, audience="AMBER", language="fr"), "alias_ids": ("a",)}
    kept = keep_recipe(opened, "For donors", fields)
    assert recipe_of(kept) == recipe
    assert told_by(kept)["audience"] == "AMBER"
    again = keep_recipe(opened, "For donors", kept_fields(Recipe()))
    assert again.id == kept.id
    assert len(opened.recipes) == 1


def test_the_builder_lists_what_is_withheld_and_takes_aliases(qtbot: QtBot) -> None:
    content = sample()
    some = next(iter(content["actors"]))
    recipe = keep_recipe(document(content), "Quiet", kept_fields(Recipe(), holders="alias"))
    put(
        content, "recipes", r.PackRecipe(id="q", title="Quiet", told=recipe.told, alias_ids=(some,))
    )
    dialog = ExportDialog(None, document(content).snapshot(), DAY, "pack")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    top = dialog.withheld_list.topLevelItem(0)
    assert top is not None
    assert top.text(0) == "Postings (10)"
    first = top.child(0)
    assert first is not None
    assert first.text(1) == "TLP:AMBER+STRICT"
    dialog.recipe.ready.setCurrentIndex(dialog.recipe.ready.findText("Quiet"))
    assert dialog.aliases.chosen() == {some}
    assert dialog.aliases.holders.isChecked()
    reckoned = dialog._reckoned
    assert reckoned is not None
    assert reckoned.copy.aliases
    dialog.close()
