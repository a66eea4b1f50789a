"""A field that loses its own index, in a migration."""

from typing import Any

from django.db import migrations, models


class Unindexed(migrations.AlterField):
    """The index goes by its name: on SQLite Django would write the table anew, minutes for twelve million rows.

    What is unique stays so; it loses the index of patterns that Django sets beside it on PostgreSQL.
    """

    def database_forwards(self, app_label: str, editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        with editor.connection.cursor() as cursor:
            known = editor.connection.introspection.get_constraints(cursor, model._meta.db_table)
        for name, each in known.items():
            if each["index"] and not each["unique"] and each["columns"] == [column]:
                editor.execute(f"DROP INDEX {editor.quote_name(name)}")

    def database_backwards(self, app_label: str, editor: Any, from_state: Any, to_state: Any) -> None:
        model: type[models.Model] = to_state.apps.get_model(app_label, self.model_name)
        for made in editor._field_indexes_sql(model, model._meta.get_field(self.name)):
            editor.execute(made)
