"""One table of all that the window can be told to do: id, text, icon, keys, where, when.

Menus, toolbar, shortcuts and the command palette are made from it (actions.py).
"""

from __future__ import annotations

from typing import Literal

import msgspec

When = Literal["always", "open", "undo", "redo", "selection"]


class ActionSpec(msgspec.Struct, frozen=True):
    """One thing the window can do.

    Attributes:
        id: stable name, and key of the callback.
        menu: title of the menu it is in; "" for none.
        text, tip: English source texts.
        icon: name in `model.drawing.icons`; "" for none.
        keys: shortcuts, in Qt's portable notation; standard ones by StandardKey name.
        map_key: what does it while the map has the keyboard; the menu says it, other panels and
            fields may use the same key for their own.
        when: in which state it can be used.
        in_toolbar: whether it has a button.
        separator: whether a line comes before it in the menu.
        edits: whether it changes the project or its file; not while that is protected.
        is_switch: whether it is on or off.
    """

    id: str
    menu: str
    text: str
    tip: str = ""
    icon: str = ""
    keys: tuple[str, ...] = ()
    map_key: str = ""
    when: When = "open"
    in_toolbar: bool = False
    separator: bool = False
    edits: bool = False
    is_switch: bool = False


ACTIONS = (
    ActionSpec("new", "File", "New project", icon="new", keys=("Ctrl+N",), when="always"),
    ActionSpec("open", "File", "Open…", icon="open", keys=("Ctrl+O",), when="always"),
    ActionSpec(
        "save",
        "File",
        "Save",
        "Encrypt and save the project",
        icon="save",
        keys=("Ctrl+S",),
        in_toolbar=True,
        separator=True,
    ),
    ActionSpec("save_as", "File", "Save as…", keys=("Ctrl+Shift+S",)),
    ActionSpec("passphrase", "File", "Change passphrase…", icon="key", edits=True),
    ActionSpec("keys", "File", "Keys and passphrases…", edits=True),
    ActionSpec(
        "own_key",
        "File",
        "Your own key…",
        "A key file that opens all projects of which you are a member",
        when="always",
    ),
    ActionSpec("recover", "File", "Recover an earlier version…", when="always"),
    ActionSpec(
        "purge",
        "File",
        "Purge history…",
        "Remove undo history, drafts and earlier versions of this project",
        edits=True,
    ),
    ActionSpec(
        "lock",
        "File",
        "Lock now",
        "Cover the window at once and seal the project; nothing is lost",
        icon="lock",
        keys=("Ctrl+L", "Pause"),
    ),
    ActionSpec(
        "import_folder",
        "File",
        "Import a folder of tables…",
        "Actors, linkages, activities and more from CSV files",
        icon="import",
        separator=True,
        edits=True,
    ),
    ActionSpec(
        "import_workbook",
        "File",
        "Import a workbook, table or graph…",
        "Also of other programs: CSV, Excel, GraphML, GEXF, JSON; columns are matched with you",
        edits=True,
    ),
    ActionSpec(
        "import_iati",
        "File",
        "Import IATI activities…",
        "Donors, windows and amounts as published in an IATI file (.xml)",
        edits=True,
    ),
    ActionSpec(
        "return",
        "File",
        "Bring a workbook or CSV folder back…",
        "Take over what somebody edited in an exported workbook, or in a folder of CSV files (any "
        "file of it will do); shown first, one undo step",
        edits=True,
    ),
    ActionSpec(
        "items_in",
        "File",
        "Bring in checklist items…",
        "A set of do-no-harm questions from a file becomes the project’s own",
        edits=True,
    ),
    ActionSpec(
        "items_out",
        "File",
        "Save our checklist items…",
        "The project’s own do-no-harm questions as a set for another project",
    ),
    ActionSpec(
        "merge",
        "File",
        "Merge with another copy…",
        "Bring in what somebody else changed in their copy; shown first, one undo step",
        icon="merge",
        edits=True,
    ),
    ActionSpec(
        "conflicts", "File", "Open conflicts…", "Decide what a merge has left open", edits=True
    ),
    ActionSpec(
        "export",
        "File",
        "Briefing pack…",
        "A PDF, a workbook or a picture for a chosen audience",
        icon="export",
        keys=("Ctrl+E",),
        in_toolbar=True,
        edits=True,
    ),
    ActionSpec(
        "share",
        "File",
        "Share a copy…",
        "A part of the project for an audience, in a file of its own under its own passphrase",
        edits=True,
    ),
    ActionSpec("close", "File", "Close project", keys=("Ctrl+W",), separator=True),
    ActionSpec("quit", "File", "Quit", keys=("Ctrl+Q",), when="always"),
    ActionSpec("undo", "Edit", "Undo", icon="undo", keys=("Ctrl+Z",), when="undo", in_toolbar=True),
    ActionSpec(
        "redo",
        "Edit",
        "Redo",
        icon="redo",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        when="redo",
        in_toolbar=True,
    ),
    ActionSpec(
        "cut",
        "Edit",
        "Cut",
        "The selected cards, or the words of the field in use",
        map_key="Ctrl+X",
        separator=True,
        edits=True,
    ),
    ActionSpec(
        "copy",
        "Edit",
        "Copy",
        "The selected cards with what links them, or the words of the field in use",
        map_key="Ctrl+C",
    ),
    ActionSpec("paste", "Edit", "Paste", map_key="Ctrl+V", edits=True),
    ActionSpec(
        "duplicate",
        "Edit",
        "Duplicate",
        "Copies beside the originals",
        map_key="Ctrl+D",
        when="selection",
        edits=True,
    ),
    ActionSpec("select_all", "Edit", "Select all on the map", keys=("Ctrl+A",), separator=True),
    ActionSpec(
        "find",
        "Edit",
        "Find…",
        "Find in all tables; accents and spelling mistakes do not matter",
        icon="search",
        keys=("Ctrl+F",),
    ),
    ActionSpec(
        "commands",
        "Edit",
        "Search or do anything…",
        "Find a record or an action by typing a part of its name",
        icon="keyboard",
        keys=("Ctrl+K",),
    ),
    ActionSpec("rename", "Edit", "Rename", keys=("F2",), when="selection", edits=True),
    ActionSpec(
        "delete", "Edit", "Remove", icon="delete", keys=("Del",), when="selection", edits=True
    ),
    ActionSpec(
        "protect",
        "Edit",
        "Protect from changes",
        "Look at the project without changing anything by accident",
        icon="tlp",
        keys=("Ctrl+Shift+R",),
        is_switch=True,
        separator=True,
    ),
    ActionSpec(
        "preferences",
        "Edit",
        "Preferences…",
        "Colours, language, locking, saving by itself, earlier versions",
        icon="settings",
        keys=("Ctrl+,",),
        when="always",
    ),
    ActionSpec(
        "zoom_fit", "Map", "Show the whole map", icon="zoom-fit", keys=("Ctrl+0",), in_toolbar=True
    ),
    ActionSpec("zoom_100", "Map", "Actual size", keys=("Ctrl+1",)),
    ActionSpec("zoom_selection", "Map", "Show the selection", keys=("Ctrl+2",), when="selection"),
    ActionSpec(
        "note",
        "Map",
        "Add a note",
        "Pinned to what is selected, or free on the map",
        map_key="N",
        separator=True,
        edits=True,
    ),
    ActionSpec(
        "group",
        "Map",
        "Group or collapse",
        "Make a group of the selected actors, or collapse the selected group",
        map_key="G",
        when="selection",
        edits=True,
    ),
    ActionSpec(
        "bands",
        "Map",
        "Bands…",
        "Collapse, rename, reorder or remove the bands of the tracks",
        map_key="B",
        edits=True,
    ),
    ActionSpec(
        "line_up",
        "Map",
        "Line up…",
        "Give the selected cards one edge, equal gaps or the same width",
        when="selection",
        edits=True,
    ),
    ActionSpec(
        "pin",
        "Map",
        "Pin or unpin",
        "Arranging leaves pinned cards where they are",
        map_key="P",
        when="selection",
        edits=True,
    ),
    ActionSpec(
        "arrange",
        "Map",
        "Arrange in bands",
        "Tidy all cards that are not pinned, or the selected ones; one undo step",
        icon="arrange",
        separator=True,
        edits=True,
    ),
    ActionSpec(
        "arrange_anew",
        "Map",
        "Arrange anew",
        "Place all cards that are not pinned without regard to where they are; one undo step",
        edits=True,
    ),
    ActionSpec(
        "analysis",
        "View",
        "Analysis",
        "What stalls, who is missing, who reaches whom: a grid for each question",
        keys=("Ctrl+Shift+A",),
    ),
    ActionSpec(
        "planning",
        "View",
        "Planning lists",
        "Clashes, what-if, baselines, funding, rotations, what changed: beside the timeline",
        keys=("Ctrl+Shift+P",),
    ),
    ActionSpec(
        "split_timeline",
        "View",
        "Two timelines",
        "A second timeline below, with a filter of its own over the same days",
    ),
    ActionSpec(
        "filter",
        "View",
        "Filter…",
        "Show only actors and linkages of some kinds, tracks, roles, labels or words",
        icon="filter",
        keys=("Ctrl+Shift+F",),
    ),
    ActionSpec(
        "focus_around",
        "View",
        "Focus on neighbours",
        "Dim all but the selected actors and those linked to them; once more: a step farther",
        icon="show",
        keys=("Ctrl+3",),
        when="selection",
    ),
    ActionSpec(
        "focus_between",
        "View",
        "Focus on the ways between two actors",
        "Dim all but the shortest ways between the two selected actors",
        keys=("Ctrl+4",),
        when="selection",
    ),
    ActionSpec(
        "focus_channels",
        "View",
        "Focus on the channels to a party",
        "Dim all but those who talk with the selected party",
        keys=("Ctrl+5",),
        when="selection",
    ),
    ActionSpec(
        "colour_by",
        "View",
        "Colour by…",
        "Colour the cards by a field or a measure; the legend says what the colours mean",
        icon="colours",
        keys=("Ctrl+Alt+C",),
        in_toolbar=True,
        separator=True,
    ),
    ActionSpec(
        "size_by",
        "View",
        "Size by…",
        "Let the size of the cards follow a measure; the legend says what the sizes mean",
        icon="sizes",
        keys=("Ctrl+Alt+Z",),
        in_toolbar=True,
    ),
    ActionSpec(
        "legend", "View", "Legend", "What is shown on the map and what it means", map_key="K"
    ),
    ActionSpec("minimap", "View", "Small map", "The whole map in the corner", map_key="M"),
    ActionSpec(
        "show_labels",
        "View",
        "Words on the lines",
        "What kind of linkage each line is, near by",
        is_switch=True,
    ),
    ActionSpec(
        "show_notes",
        "View",
        "Notes on the map",
        "The slips with notes, free or pinned to something",
        is_switch=True,
    ),
    ActionSpec(
        "show_absent",
        "View",
        "Also what is not there on the day",
        "Draw actors and linkages that are not there yet, or no longer, as ghosts",
        is_switch=True,
    ),
    ActionSpec(
        "save_view",
        "View",
        "Save this view",
        "Keep filter, focus, day, styling and place on the map",
        icon="layers",
        keys=("Ctrl+Alt+S",),
        separator=True,
        edits=True,
    ),
    ActionSpec(
        "next_panel",
        "View",
        "Next panel",
        "The keyboard goes to the next panel in sight",
        keys=("F6",),
    ),
    ActionSpec("previous_panel", "View", "Previous panel", keys=("Shift+F6",)),
    ActionSpec("next_view", "View", "Next saved view", keys=("Ctrl+PgDown",)),
    ActionSpec("previous_view", "View", "Previous saved view", keys=("Ctrl+PgUp",)),
    ActionSpec(
        "present",
        "View",
        "Present…",
        "Map and timeline over a whole display, with only what the audience may see",
        icon="present",
        keys=("F5",),
        in_toolbar=True,
        separator=True,
    ),
    ActionSpec("theme_system", "View", "Colours of the system", when="always"),
    ActionSpec("theme_light", "View", "Light", when="always"),
    ActionSpec("theme_dark", "View", "Dark", when="always"),
    ActionSpec("theme_contrast", "View", "High contrast", when="always"),
    ActionSpec("reset_docks", "View", "Panels to their places", when="open", separator=True),
    ActionSpec("start_page", "Help", "Start page", when="always"),
    ActionSpec("shortcuts", "Help", "Keyboard shortcuts", keys=("F1",), when="always"),
    ActionSpec("about", "Help", "About Crosstrack", icon="info", when="always"),
)
