"""Columns and the rows they write."""

from types import SimpleNamespace

from desk.columns import Column, Fact, written_rows


def test_a_row_is_written_from_its_columns_with_everything_escaped():
    columns = [Fact("name", "Na<me", "name cut"), Fact("size", "Size", "num")]
    record = SimpleNamespace(name="a & <b>", size=3, css="")

    rows = written_rows(columns, [record], lambda record: record.css)

    assert "".join(rows) == (
        '<tr><td class="name cut" data-label="Na&lt;me"><span>a &amp; &lt;b&gt;</span></td>'
        '<td class="num" data-label="Size">3</td></tr>'
    )


def test_an_empty_cell_is_a_dash_that_a_phone_leaves_out():
    columns = [Fact("name", "Name", "text cut")]

    rows = written_rows(columns, [SimpleNamespace(name="")], lambda record: "gone")

    assert "".join(rows) == '<tr class="gone"><td class="text cut none" data-label="Name">—</td></tr>'


def test_a_column_sorts_only_when_it_says_by_what():
    silent, sorted_ = Fact("phone", "Phone"), Fact("code", "Code", order_by=("code_key",))

    assert silent.runs(False) == []
    assert [(run.keys, run.descending) for run in sorted_.runs(True)] == [(("code_key", "pk"), True)]


def test_what_a_column_says_is_its_cell_unless_it_knows_better():
    class Length(Column):
        key = "length"

        def value(self, record):
            return len(record)

    assert (Length().cell("abc"), Length().html("abc"), Length().html(None or "")) == (3, "3", "0")
