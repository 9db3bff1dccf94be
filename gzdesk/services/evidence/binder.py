"""The binder that the review looks at: index on paper, and the whole of it as a folder or a ZIP file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from gzdesk.domain.tasks import TaskItem
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services.context import Context
from gzdesk.services.evidence import HERE, Evidence, Noted
from gzdesk.services.evidence.binder_files import Target, folder_target, safe_name, zip_target
from gzdesk.services.evidence.materials import Material, Materials
from gzdesk.services.layout_files import layouts_of

if TYPE_CHECKING:
    from gzdesk.reports.binder_pages import Picture, Piece
    from gzdesk.reports.document import Document
    from gzdesk.reports.evidence_index import IndexGroup, IndexRow
    from gzdesk.reports.layout import Layouts

_PAPER_PX = 1600  # of a photo on half a page: about 240 dpi
_SCAN_PX = 2100  # of a scanned page: about 180 dpi


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which part of the evidence: everything, one task, or one item (`16.2`)."""

    task: int | None = None
    item_id: str = ""


EVERYTHING = Chosen()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A binder that was written. `missing` are sentences on files that are not here or damaged."""

    path: Path
    pieces: int
    files: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    """The evidence of one unit under one item."""

    item: TaskItem
    unit: str
    rows: tuple[Material, ...]


class Binder:
    """Binders of this PC's unit or, in the town, of any or all units (`unit` is an id; None means all)."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._materials = Materials(context)
        self._evidence = Evidence(context)

    # The index

    def index(
        self, chosen: Chosen = EVERYTHING, *, unit: str | None, layouts: Layouts | None = None
    ) -> Document:
        """The index as a document. Raises UserError `unknown_task`."""
        return self._index(chosen, unit, self._sections(chosen, unit), layouts)

    def groups(self, chosen: Chosen = EVERYTHING, *, unit: str | None) -> tuple[IndexGroup, ...]:
        """What stands in the index, item by item. Raises UserError `unknown_task`."""
        return self._groups(chosen, unit, self._sections(chosen, unit))

    def index_pdf(self, chosen: Chosen = EVERYTHING, *, unit: str | None) -> bytes:
        """The index as PDF in memory. Raises UserError `unknown_task`."""
        from gzdesk.reports import pdf

        return pdf.render(self.index(chosen, unit=unit))

    # The binder

    def export(
        self,
        chosen: Chosen = EVERYTHING,
        *,
        unit: str | None,
        out: Path,
        progress: Progress = NO_PROGRESS,
    ) -> Exported:
        """Write the binder: a ZIP file where `out` ends in .zip, else a new folder inside the folder `out`.

        Raises UserError `unknown_task` or `cannot_write`; a cancelled export leaves nothing.
        """
        progress.stage(_("Gathering the evidence"))
        sections = self._sections(chosen, unit)
        name = self.name(chosen, unit=unit)
        opened = zip_target(out) if out.suffix.lower() == ".zip" else folder_target(out / name)
        with opened as (target, path):
            writing = _Writing(self._evidence, target, progress, total=_count_files(sections))
            top = PurePosixPath(name)
            top = PurePosixPath() if path.suffix != ".zip" else top
            cover, index = _("Cover"), _("Index")
            target.add(top / f"00 {cover}.pdf", self._cover(chosen, unit))
            target.add(top / f"01 {index}.pdf", _pdf(self._index(chosen, unit, sections, None)))
            self._write_sections(writing, top, sections, several_units=unit is None)
        return Exported(
            path=path,
            pieces=sum(len(section.rows) for section in sections),
            files=writing.files,
            missing=tuple(writing.missing),
        )

    def name(self, chosen: Chosen, *, unit: str | None) -> str:
        """What the binder is called: 佐证材料_曹一村_任务16."""
        parts = [_("Evidence binder"), self._whose(unit)]
        if chosen.item_id:
            parts.append(chosen.item_id)
        elif chosen.task is not None:
            parts.append(_("Task {number}").format(number=chosen.task))
        return safe_name("_".join(parts))

    # Inside

    def _write_sections(
        self, writing: _Writing, top: PurePosixPath, sections: Sequence[_Section], *, several_units: bool
    ) -> None:
        from gzdesk.reports import binder_pages

        tasks = self._materials.tasks
        done: set[int] = set()
        for section in sections:
            if not section.rows:
                continue
            item = section.item
            task = tasks.task(item.task_no)
            label = task.label if task else ""
            number = _("Task {number}").format(number=item.task_no)
            folder = top / safe_name(f"{number} {label}")
            if item.task_no not in done:
                done.add(item.task_no)
                writing.target.add(
                    folder / f"00 {safe_name(number)}.pdf", binder_pages.divider(number=number, title=label)
                )
            inner = folder / safe_name(f"{item.item_id} {item.label}")
            whose = self._unit_name(section.unit)
            if several_units:
                inner = inner / safe_name(whose)
            pages = binder_pages.item_pages(
                number=item.item_id,
                title=item.label,
                text=item.text,
                unit=whose,
                pieces=writing.pieces(section.rows, inner),
            )
            writing.target.add(inner / safe_name(f"{item.item_id} {item.label}", ".pdf"), pages)

    def _sections(self, chosen: Chosen, unit: str | None) -> list[_Section]:
        sections = []
        for item in self._items(chosen):
            rows = [row for row in self._materials.of_item(item.item_id, unit=unit) if row.listed]
            for unit_id in dict.fromkeys(row.unit for row in rows) or (unit or self._context.own_scope,):
                own = tuple(row for row in rows if row.unit == unit_id)
                sections.append(_Section(item, unit_id, own))
        return sections

    def _items(self, chosen: Chosen) -> tuple[TaskItem, ...]:
        tasks = self._materials.tasks
        found: tuple[TaskItem, ...]
        if chosen.item_id:
            item = tasks.item(chosen.item_id)
            found = (item,) if item else ()
        elif chosen.task is not None:
            task = tasks.task(chosen.task)
            found = task.items if task else ()
        else:
            found = tasks.items
        if not found:
            raise UserError(
                code="unknown_task",
                message=_("There is no task {number}.").format(number=chosen.item_id or chosen.task),
                hint=_("Tasks have the numbers 1 to 32, items such as 16.2."),
            )
        return found

    def _index(
        self, chosen: Chosen, unit: str | None, sections: Sequence[_Section], layouts: Layouts | None
    ) -> Document:
        from gzdesk.reports import evidence_index

        return evidence_index.document(
            unit=self._whose(unit),
            scope=self._scope_words(chosen),
            groups=self._groups(chosen, unit, sections),
            made_on=self._context.mint.today(),
            layouts=layouts or layouts_of(self._context),
        )

    def _groups(
        self, chosen: Chosen, unit: str | None, sections: Sequence[_Section]
    ) -> tuple[IndexGroup, ...]:
        if chosen == EVERYTHING:  # 65 items of which most are empty would hide what there is
            sections = [section for section in sections if section.rows]
        return tuple(self._group(section, several_units=unit is None) for section in sections)

    def _group(self, section: _Section, *, several_units: bool) -> IndexGroup:
        from gzdesk.reports.evidence_index import IndexGroup

        return IndexGroup(
            item_id=section.item.item_id,
            label=section.item.label,
            unit=self._unit_name(section.unit) if several_units and section.rows else "",
            rows=tuple(self._index_row(row) for row in section.rows),
        )

    def _index_row(self, material: Material) -> IndexRow:
        from gzdesk.reports.evidence_index import IndexRow

        return IndexRow(
            number=material.number,
            title=material.title,
            made_by=material.made_by,
            date=material.date,
            pages=material.pages,
            original=material.original,
            remark=material.remark,
            missing=sum(1 for noted in material.files if self._evidence.state(str(noted["sha256"])) != HERE),
        )

    def _cover(self, chosen: Chosen, unit: str | None) -> bytes:
        from gzdesk.reports import binder_pages
        from gzdesk.reports.words import day_text

        return binder_pages.cover(
            title=_("Evidence binder"),
            lines=(self._scope_words(chosen),),
            unit=self._whose(unit),
            day=day_text(self._context.mint.today()),
        )

    def _scope_words(self, chosen: Chosen) -> str:
        if chosen.item_id:
            item = self._items(chosen)[0]
            return f"{item.item_id} {item.label}"
        task = self._materials.tasks.task(chosen.task) if chosen.task is not None else None
        if task is None:
            return _("All tasks")
        number = _("Task {number}").format(number=task.task_no)
        return f"{number} {task.label}"

    def _whose(self, unit: str | None) -> str:
        return (
            self._unit_name(unit)
            if unit
            else _("{town} and its villages").format(town=self._context.units.town.label)
        )

    def _unit_name(self, unit_id: str) -> str:
        unit = self._context.me if unit_id == self._context.me.id else self._context.units.find(unit_id)
        return unit.label if unit else unit_id


class _Writing:
    """Writes the files of a binder one by one and makes its pages on the way, so that each is read once."""

    def __init__(self, evidence: Evidence, target: Target, progress: Progress, *, total: int) -> None:
        self._evidence = evidence
        self.target = target
        self._progress = progress
        self._total = total
        self.files = 0
        self.missing: list[str] = []
        progress.stage(_("Writing the binder"))

    def pieces(self, rows: Sequence[Material], folder: PurePosixPath) -> Iterator[Piece]:
        """The pages of these rows; their files are written meanwhile."""
        from gzdesk.reports.binder_pages import Piece

        for row in rows:
            pictures: list[Picture] = []
            for place, noted in enumerate(row.files, 1):
                self._progress.check_cancelled()
                pictures += self._file(row, noted, folder, place)
                self.files += 1
                self._progress.step(self.files, self._total)
            yield Piece(
                number=row.number,
                title=row.title,
                made_by=row.made_by,
                date=row.date,
                pictures=tuple(sorted(pictures, key=lambda picture: picture.whole_page)),
            )

    def _file(self, row: Material, noted: Noted, folder: PurePosixPath, place: int) -> list[Picture]:
        from gzdesk.reports.binder_pages import Picture

        try:
            content = self._evidence.content(noted)
        except UserError as error:
            self.missing.append(" ".join(part for part in (row.number, row.title, error.message) if part))
            return [Picture(jpeg=None, caption=error.message)]
        self.target.add(folder / _file_name(row, noted, place), content)
        try:
            return self._pictures(noted, content)
        except UserError as error:
            self.missing.append(error.message)
            return [Picture(jpeg=None, caption=error.message)]

    def _pictures(self, noted: Noted, content: bytes) -> list[Picture]:
        from gzdesk.reports.binder_pages import Picture
        from gzdesk.services.evidence import pictures, scans

        name = str(noted.get("name", ""))
        if not content.startswith(b"%PDF-"):
            jpeg, width, height = pictures.for_paper(content, long_side_px=_PAPER_PX)
            return [Picture(jpeg=jpeg, width=width, height=height, caption=_caption(noted))]
        found = []
        count = scans.page_count(content, name=name)
        for page in range(count):
            self._progress.check_cancelled()
            image = scans.page_image(content, page=page, long_side_px=_SCAN_PX)
            caption = f"{name} {page + 1}/{count}" if count > 1 else name
            found.append(
                Picture(
                    jpeg=pictures.small_jpeg(image, _SCAN_PX),
                    width=image.width,
                    height=image.height,
                    caption=caption,
                    whole_page=True,
                )
            )
        return found


def _file_name(row: Material, noted: Noted, place: int) -> str:
    """16-2-003 放映照片 (2).jpg."""
    suffix = Path(str(noted.get("name", ""))).suffix.lower() or ".jpg"
    words = " ".join(part for part in (row.number or row.date, row.title) if part)
    several = f" ({place})" if len(row.files) > 1 else ""
    if not row.number:
        several += f" {row.record_id[-4:]}"  # two screenings of one day and film
    return safe_name(safe_name(words, several), suffix)


def _caption(noted: Noted) -> str:
    taken = str(noted.get("taken_at", ""))[:16].replace("T", " ")
    return " ".join(part for part in (Path(str(noted.get("name", ""))).stem, taken) if part)


def _count_files(sections: Sequence[_Section]) -> int:
    return sum(len(row.files) for section in sections for row in section.rows)


def _pdf(document: Document) -> bytes:
    from gzdesk.reports import pdf

    return pdf.render(document)
