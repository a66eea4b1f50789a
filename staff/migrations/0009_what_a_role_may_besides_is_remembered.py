"""Which roles may change the settings is remembered; those that may today could as of their last entry."""

import django.db.models.deletion
import simple_history.models
from django.db import migrations, models


def remember(apps, editor):
    """Their next change is not to look as if they were allowed to with it."""
    entries = apps.get_model("staff", "HistoricalGroup").objects.order_by("-history_id")
    remembered = apps.get_model("staff", "HistoricalGroup_permissions").objects
    given = apps.get_model("auth", "Group").permissions.through.objects
    for number, role, permission in given.order_by("pk").values_list("pk", "group_id", "permission_id"):
        last = entries.filter(id=role).values_list("history_id", flat=True).first()
        if last:
            remembered.create(id=number, history_id=last, group_id=role, permission_id=permission)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('staff', '0008_passwords_and_passages_are_remembered'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalGroup_permissions',
            fields=[
                ('id', models.IntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('group', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='auth.group')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='staff.historicalgroup')),
                ('permission', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='auth.permission')),
            ],
            options={
                'verbose_name': 'HistoricalGroup_permissions',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
