from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from desktop.samples import load_sample
from model.document import Document
from model.drawing.actor import card_content, card_group, card_size
from model.drawing.bounds import Bounds, bounds
from model.drawing.legend import legend_items
from model.drawing.linkage import LinkContent, heads, label_size, link_look
from model.drawing.map import MapPicture, map_drawing
from model.drawing.map_options import MapOptions
from model.drawing.primitives import Drawing, Ellipse, Group, Label, Polyline
from model.drawing.routing import flattened, route
from model.drawing.scene import MapScene
from model.drawing.style import style_sheet, text_style
from model.records import Actor
from resources.text import pack_languages, use_pack_language
from tests.model.drawing.map_case import DAY, small_map
from tests.samples import sample
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QApplication

    from model.drawing.primitives import Primitive

NAMES = (
    "Government",
    "Coordination Team for the Transition to the Bangsamoro Transition Authority",
    "Muslim Organization of Government Officials and Professionals",
    "Verwaltungsgemeinschaftsverordnungsausschuss",
    "مجموعة الاتصال الدولية المعنية بعملية السلام",
    "ပြည်ထောင်စု ငြိမ်းချမ်းရေး ဖော်ဆောင်ရေး လုပ်ငန်းကော်မတီ",
    "W" * 60,
)


@pytest.fixture(scope="module")
def engine(qapp: QApplication) -> QtTextEngine:
    return QtTextEngine()


def labels_in(items: Iterable[Primitive]) -> list[Label]:
    found: list[Label] = []
    for item in items:
        if isinstance(item, Group):
            found += labels_in(item.children)
        elif isinstance(item, Label):
            found.append(item)
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ["none", "primary_party"])
def test_names_are_whole_and_within_their_cards(engine: QtTextEngine, name: str, role: str) -> None:
    actor = Actor(id="a", name=name, conflict_role=role, tracks=("T1", "T2"), basis="illustrative")
    content = card_content(actor)
    group = card_group(content, style_sheet("light"), engine)
    box = bounds(group)
    assert box is not None
    assert box.left >= -0.01
    assert box.top >= -0.01
    assert box.right <= content.width + 0.01
    assert box.bottom <= content.height + 0.01
    texts = labels_in([group])
    assert texts[0].block.text == name
    assert not any(label.block.elided for label in texts)
    assert any(label.block.text == "illustrative" for label in texts)


def test_card_sizes_stand_on_the_grid() -> None:
    for name in NAMES:
        width, height, lines, _ = card_size(name, "State", False)
        assert width % 8 == height % 8 == 0
        assert 1 <= lines <= 4


@pytest.mark.parametrize("kind", ["facilitation", "communication_channel", "funding"])
@pytest.mark.parametrize("mark", ["", "not checked"])
def test_labels_fit_their_boxes(engine: QtTextEngine, kind: str, mark: str) -> None:
    content = LinkContent(kind, directed=True, state="current", mark=mark)
    width, height = label_size(content)
    block = engine.layout(content.text, text_style("link-label"))
    assert block.width <= width - 8
    assert block.height <= height
    assert width <= block.width * 1.35 + 16


def test_states_and_groups_look_different() -> None:
    sheet = style_sheet("mono")
    current = LinkContent("funding", directed=True, state="current", mark="")
    looks = {link_look(current, sheet).stroke.dash}
    for state in ("planned", "doubtful", "keep_apart"):
        content = LinkContent("funding", directed=True, state=state, mark="")
        look = link_look(content, sheet)
        assert look.icon
        looks.add(look.stroke.dash)
    assert len(looks) == 4
    dashes = {
        link_look(LinkContent(kind, True, "current", ""), sheet).stroke.dash
        for kind in ("mandate", "facilitation", "back_channel", "funding")
    }
    assert len(dashes) == 4


def test_end_marks_and_barrier() -> None:
    sheet = style_sheet("light")
    line = route((0, 0, 100, 50), (300, 0, 400, 50))
    chevron = LinkContent("facilitation", directed=True, state="current", mark="")
    assert len(heads(line, chevron, link_look(chevron, sheet), sheet)) == 1
    contact = LinkContent("back_channel", directed=True, state="current", mark="")
    assert isinstance(heads(line, contact, link_look(contact, sheet), sheet)[0], Ellipse)
    both = LinkContent("coordination", directed=False, state="current", mark="")
    assert heads(line, both, link_look(both, sheet), sheet) == []
    apart = LinkContent("alliance", directed=True, state="keep_apart", mark="")
    bars = heads(line, apart, link_look(apart, sheet), sheet)
    assert len(bars) == 4
    assert all(isinstance(bar, Polyline) and bar.points[0] == bar.points[2] for bar in bars)


def test_lines_end_at_the_borders_of_cards() -> None:
    line = route((0, 0, 100, 50), (300, 0, 400, 50))
    assert line.points == pytest.approx((101.5, 25, 298.5, 25))
    bent = route((0, 0, 100, 50), (300, 0, 400, 50), bends=((200.0, 200.0),))
    assert (200.0, 200.0) in list(zip(bent.points[0::2], bent.points[1::2], strict=True))
    assert flattened((0, 0, 1, 0, 2, 0, 3, 0))[-2:] == (3, 0)


def test_the_drawing_holds_everything_within_its_frame(engine: QtTextEngine) -> None:
    drawing = map_drawing(small_map(), DAY, style_sheet("paper"), engine)
    for item in drawing.items:
        box = bounds(item)
        assert box is not None
        assert box.left >= -0.5
        assert box.right <= drawing.width + 0.5
        assert box.bottom <= drawing.height + 0.5
    texts = [label.block.text for label in labels_in(drawing.items)]
    assert "TRACK II" in texts
    assert "Keep apart" in texts
    assert "Facilitation" in texts


def test_the_legend_shows_what_is_shown(engine: QtTextEngine) -> None:
    document = sample()
    assert document.project.as_of is not None
    day = document.project.as_of.stated_first()
    with_legend = map_drawing(document, day, style_sheet("light"), engine)
    without = map_drawing(document, day, style_sheet("light"), engine, legend=False)
    legend = next(
        item for item in with_legend.items if isinstance(item, Group) and item.key == "legend"
    )
    texts = {label.block.text for label in labels_in([legend])}
    assert "Faith actor" in texts
    assert "Armed coalition" not in texts
    assert not any(label.block.elided for label in labels_in([legend]))
    assert with_legend.height > without.height


@pytest.mark.parametrize("language", pack_languages())
@pytest.mark.parametrize("width", [224.0, 448.0, 900.0, 2000.0])
@pytest.mark.parametrize(
    "options", [MapOptions(), MapOptions(colour_by="kind", size_by="measure:brokerage")]
)
def test_no_text_of_a_legend_is_cut_in_any_language(
    engine: QtTextEngine, language: str, width: float, options: MapOptions
) -> None:
    document = Document(load_sample("mindanao"))
    assert document.project.as_of is not None
    day = document.project.as_of.stated_first()
    use_pack_language(language)
    try:
        scene = MapScene(document, day, options)
        items, height = legend_items(scene, style_sheet("light"), engine, width)
    finally:
        use_pack_language("")
    assert not any(label.block.elided for label in labels_in(items))
    boxes = [box for item in items if (box := bounds(item)) is not None]
    assert len(boxes) == len(items)
    assert max(box.right for box in boxes) <= width
    assert max(box.bottom for box in boxes) <= height
    assert not any(one.intersection(other) for one, other in combinations(boxes, 2))


def test_a_legend_can_be_magnified_and_kept_to_a_part_of_the_width(engine: QtTextEngine) -> None:
    document = Document(load_sample("myanmar"))
    assert document.project.as_of is not None
    day = document.project.as_of.stated_first()
    picture = MapPicture(document, day, style_sheet("paper"), engine)

    def extent(drawing: Drawing) -> Bounds:
        legend = next(
            one for one in drawing.items if isinstance(one, Group) and one.key == "legend"
        )
        box = bounds(legend)
        assert box is not None
        assert box.bottom <= drawing.height
        return box

    plain, large = extent(picture.with_legend()), extent(picture.with_legend(1.8))
    assert large.right <= picture.with_legend().width
    assert large.height > 1.8 * plain.height
    assert extent(picture.with_legend(within=900.0)).right <= 900


def test_no_label_is_struck_through_by_the_leader_of_another(engine: QtTextEngine) -> None:
    document = Document(load_sample("myanmar"))
    assert document.project.as_of is not None
    day = document.project.as_of.stated_first()
    drawing = map_drawing(document, day, style_sheet("paper"), engine)
    layers = [one for one in drawing.items[0].children if isinstance(one, Group)]  # type: ignore[union-attr]
    (labels,) = [one.children for one in layers if one.key == "layer:labels"]
    kinds = [one.key.partition(":")[0] for one in labels if isinstance(one, Group)]
    assert kinds == sorted(kinds, key=["leader", "label"].index)
    assert "leader" in kinds


def test_the_drawing_is_the_same_every_time(engine: QtTextEngine) -> None:
    document = small_map()
    first = map_drawing(document, DAY, style_sheet("light"), engine)
    assert map_drawing(document.snapshot(), DAY, style_sheet("light"), engine) == first
