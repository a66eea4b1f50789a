from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_rows_of_imports_have_two_indexes")]

    operations = [
        migrations.AddField("job", "told", models.JSONField(default=dict, editable=False)),
    ]
