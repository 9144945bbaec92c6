"""The inspector: fields of the selection, one or many records, and what hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from model.fields import TABLE_SPECS
from model.records import PROJECT_ID
from resources.text import plural, tr
from widgets.common.discarding import discard
from widgets.common.icons import icon
from widgets.common.panel_style import panel_style
from widgets.common.rows import RowButton
from widgets.common.symbols import symbol_of
from widgets.common.theme import GRID
from widgets.inspector.form import RecordForm
from widgets.inspector.heading import Heading
from widgets.inspector.related import RelatedList

if TYPE_CHECKING:
    from model.document import Commit
    from widgets.common.workspace import Key, Workspace


class InspectorPanel(QScrollArea):
    """Always about the selection; updates only what a commit touched."""

    def __init__(self, workspace: Workspace) -> None:
        """Follow the workspace."""
        super().__init__()
        self._workspace = workspace
        self._forms: dict[str, RecordForm] = {}
        self._form: RecordForm | None = None
        self._keys: tuple[Key, ...] = ()
        self.heading = Heading(workspace)
        self.teaching = _Teaching(workspace)
        self.choice = _KindChoice(workspace)
        self.related = RelatedList(workspace)
        self.related.picked.connect(workspace.reveal)
        page = QWidget()
        page.setObjectName("page")
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self._layout.setSpacing(GRID)
        for widget in (self.teaching, self.heading, self.choice, self.related):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Inspector"))
        self.setMinimumWidth(280)
        workspace.selection_changed.connect(lambda _: self._show_selection())
        workspace.committed.connect(self._follow)
        workspace.as_of_changed.connect(lambda _: self._refresh_related())
        workspace.style_changed.connect(self._restyle)
        self._restyle()
        self._show_selection()

    @property
    def form(self) -> RecordForm | None:
        """The form that is shown; None when nothing, or things of several tables, are selected."""
        return self._form

    def to_name(self) -> None:
        """Give the keyboard to the field that names what is selected, if there is one."""
        if self._form is None or len(self._keys) != 1:
            return
        editor = self._form.editors.get(TABLE_SPECS[self._keys[0][0]].title_field)
        if editor is not None:
            self.ensureWidgetVisible(editor)
            editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_selection(self) -> None:
        self._leave_field()
        self._keys = self._workspace.selection
        tables = list(dict.fromkeys(table for table, _ in self._keys))
        self.teaching.setVisible(not tables)
        self.heading.setVisible(bool(tables))
        self.heading.show_keys(self._keys)
        self.choice.setVisible(len(tables) > 1)
        self.choice.offer(self._keys)
        self._show_form(tables[0] if len(tables) == 1 else "")
        self._refresh_related()
        self.verticalScrollBar().setValue(0)

    def _leave_field(self) -> None:
        """Keep what is being typed before the form turns to something else."""
        focused = self.focusWidget()
        if focused is not None and self._form is not None and self._form.isAncestorOf(focused):
            focused.clearFocus()

    def _show_form(self, table: str) -> None:
        form = self._form_of(table) if table else None
        if self._form is not None and self._form is not form:
            self._form.hide()
        self._form = form
        if form is not None:
            form.show_records(tuple(one for _, one in self._keys))
            form.show()

    def _form_of(self, table: str) -> RecordForm:
        if table not in self._forms:
            form = RecordForm(self._workspace, table)
            form.opened.connect(self._bring_into_view)
            self._forms[table] = form
            self._layout.insertWidget(self._layout.indexOf(self.related), form)
        return self._forms[table]

    def _bring_into_view(self, part: QWidget) -> None:
        # It has its height only after the layout has been carried out.
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part))

    def _follow(self, commit: Commit) -> None:
        touched: set[str] = set()
        shown = set(self._keys)
        other = False
        for change in commit.patch.changes:
            if (change.table, change.id) in shown:
                touched.update(change.touched())
            elif change.table not in {"placements", "answers"}:
                other = True
        if self._form is not None and touched:
            self._form.refresh(touched)
        if touched:
            self.heading.show_keys(self._keys)
        if other and self._keys:
            self._refresh_related()
            if self._form is not None:
                self._form.refresh_references()

    def _refresh_related(self) -> None:
        self.related.show_for(self._keys[0] if len(self._keys) == 1 else None)

    def _restyle(self) -> None:
        self.setStyleSheet(panel_style(self._workspace.style.medium))
        self.heading.show_keys(self._keys)
        self.choice.offer(self._keys)
        self.related.redraw()


class _Teaching(QWidget):
    """What stands here while nothing is selected."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        title = QLabel(tr("Nothing is selected"))
        title.setObjectName("name")
        layout.addWidget(title)
        for text in (
            tr(
                "Click a card or a line on the map, or a bar on the timeline, to see and change it."
            ),
            tr(
                "Every linkage asks for its reason and for the harm it might do. "
                "An empty answer is worth a talk."
            ),
            tr("Hold Shift to select several things and change them together."),
        ):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        self.project = QPushButton(tr("Title and settings of the project"))
        self.project.clicked.connect(lambda: workspace.select([("project", PROJECT_ID)]))
        layout.addWidget(self.project)


class _KindChoice(QWidget):
    """A row for each table when things of several are selected, to narrow the selection down."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def offer(self, keys: tuple[Key, ...]) -> None:
        """Offer the tables of these things."""
        for row in self.findChildren(RowButton):
            discard(row)
        tables = dict.fromkeys(table for table, _ in keys)
        for table in tables if len(tables) > 1 else ():
            of_table = tuple(key for key in keys if key[0] == table)
            spec = TABLE_SPECS[table]
            text = plural(
                "{count} × {one}",
                "{count} × {many}",
                len(of_table),
                one=spec.singular,
                many=spec.title,
            )
            record = self._workspace.document.get(*of_table[0])
            name, colour = symbol_of(table, record, self._workspace.style)
            row = RowButton(text, icon(name, colour))
            row.clicked.connect(lambda _=False, only=of_table: self._workspace.select(only))
            self._layout.addWidget(row)
