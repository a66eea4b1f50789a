"""An Excel workbook, written while it is being sent."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat, zip_longest
from xml.sax.saxutils import escape, quoteattr

from .archive import Archive
from .cells import GENERAL, HEADER, Cells
from .columns import column
from .tabs import Tab, letters, safe_title

XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: So many rows are made at a time, as a processor has them at hand; the columns are as wide as the first of them need.
BATCH = 250
# A tab ends at 1,048,576 rows; the zip format without extensions ends at 4 GiB.
LAST_ROW = 1_048_576
LARGEST_TAB = 3 * 2**30
NARROWEST, WIDEST = 9, 60
# So many characters can be read in one line of a page of paper that lies on its side; wider tabs go over several pages.
READABLE_ON_PAPER = 240

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Worksheets are the default for .xml: so this part can go first, before the number of tabs is known.
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{SHEET_TYPE}.styles+xml"/></Types>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
# In the order of the style numbers in cells.py: general, day, moment, header, text, text of several lines.
STYLES = (
    "<xf/>"
    '<xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/>'
    '<xf fontId="1" applyFont="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" applyNumberFormat="1"/>'
    '<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
)
OWN_STYLES = 6
USUAL_FORMATS = {164: "yyyy\\-mm\\-dd", 165: "yyyy\\-mm\\-dd\\ hh:mm"}
FIRST_COLUMN_FORMAT = 166


def xlsx(tabs: Iterable[Tab]) -> Iterator[bytes]:
    """The bytes of a workbook, tab after tab; each tab is asked for only when the one before it is written."""
    archive, titles = Archive(), []
    formats: list[str] = []
    taken: set[str] = set()
    yield from archive.pack("[Content_Types].xml", [CONTENT_TYPES.encode()])
    yield from archive.pack("_rels/.rels", [RELATIONS.encode()])
    for tab in tabs:
        rows, is_first = iter(tab.rows), True
        # One tab more for the rows that did not fit, under the same header.
        while is_first or (following := next(rows, None)) is not None:
            if not is_first:
                rows = _with(following, rows)
            is_first = False
            titles.append(safe_title(tab.title, taken))
            yield from archive.pack(f"xl/worksheets/sheet{len(titles)}.xml", _sheet(tab, rows, formats))
    if not titles:
        raise ValueError("A workbook needs at least one tab.")
    yield from archive.pack("xl/styles.xml", [_styles(formats).encode()])
    yield from archive.pack("xl/workbook.xml", [_workbook(titles).encode()])
    yield from archive.pack("xl/_rels/workbook.xml.rels", [_workbook_relations(len(titles)).encode()])
    yield from archive.close()


def _with(first, rest):
    yield first
    yield from rest


def _sheet(tab: Tab, rows: Iterator[Sequence], formats: list[str]) -> Iterator[bytes]:
    cells = Cells()
    styles = [_style(number_format, formats) for number_format in tab.formats or []]
    batch = list(islice(rows, min(BATCH, LAST_ROW - 1)))
    header = "".join(cells.text(str(name), HEADER) for name in tab.header)
    widths = tab.widths or _widths(tab.header, batch)
    opening = f"{_opening(widths)}<sheetData><row>{header}</row>".encode()
    count, size = 1, len(opening)
    yield opening
    while batch:
        made = _rows(cells, batch, styles).encode()
        count, size = count + len(batch), size + len(made)
        tab.cut, tab.cleaned = tab.cut + cells.cut, tab.cleaned + cells.cleaned
        cells.cut = cells.cleaned = 0
        yield made
        room = min(BATCH, LAST_ROW - count) if size < LARGEST_TAB else 0
        batch = list(islice(rows, room))
    filtered = f'<autoFilter ref="A1:{letters(len(tab.header))}{count}"/>' if tab.header else ""
    yield f'</sheetData>{filtered}<pageSetup fitToHeight="0" orientation="landscape"/></worksheet>'.encode()


def _rows(cells: Cells, batch: Sequence[Sequence], styles: Sequence[int]) -> str:
    """The XML of many rows. They are made column by column, as a column holds one sort of value."""
    # A row may be wider or narrower than the others; what has no format of its own has the usual style.
    columns = zip(zip_longest(*batch), chain(styles, repeat(GENERAL)), strict=False)
    made = [column(cells, values, style) for values, style in columns]
    form = "".join(form for form, _contents in made)
    contents = zip(*[contents for _form, contents in made], strict=True)
    return f"<row>{form}</row>" * len(batch) % tuple(chain.from_iterable(contents))


def _opening(widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>' for place, width in enumerate(widths, 1)
    )
    fits = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if sum(widths) <= READABLE_ON_PAPER else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{fits}<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}"
    )


def _widths(header: Sequence[str], rows: list[Sequence]) -> list[int]:
    """As wide as the header (with room for the filter's arrow) and the first rows need, within reason."""
    widths = [len(str(name)) + 3 for name in header]
    for row in rows:
        for place, value in enumerate(row[: len(widths)]):
            if value is not None:
                # A moment's text is longer than what its style shows; six characters do no harm.
                widths[place] = max(widths[place], len(str(value)[: WIDEST + 1]) + 1)
    return [min(max(width, NARROWEST), WIDEST) for width in widths]


def _style(number_format: str | None, formats: list[str]) -> int:
    if not number_format:
        return GENERAL
    if number_format not in formats:
        formats.append(number_format)
    return OWN_STYLES + formats.index(number_format)


def _styles(formats: list[str]) -> str:
    codes = USUAL_FORMATS | dict(enumerate(formats, FIRST_COLUMN_FORMAT))
    listed = "".join(f'<numFmt numFmtId="{id}" formatCode={quoteattr(code)}/>' for id, code in codes.items())
    own = "".join(
        f'<xf numFmtId="{FIRST_COLUMN_FORMAT + place}" applyNumberFormat="1"/>' for place in range(len(formats))
    )
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{listed}</numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{OWN_STYLES + len(formats)}">{STYLES}{own}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _workbook(titles: list[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{place}" r:id="rId{place}"/>' for place, title in enumerate(titles, 1)
    )
    # On paper the header stands on every page.
    headers = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">{_quoted(title)}!$1:$1</definedName>'
        for place, title in enumerate(titles)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{headers}</definedNames></workbook>"
    )


def _quoted(title: str) -> str:
    """As formulas name a tab."""
    return escape("'" + title.replace("'", "''") + "'")


def _workbook_relations(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{place}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, count + 1)
    )
    styles = f'<Relationship Id="rId{count + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{sheets}{styles}</Relationships>'
