"""Who may change the settings is remembered like roles; whoever may today could as of their last entry."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def remember(apps, editor):
    """Their next change is not to look as if they were allowed to with it."""
    entries = apps.get_model("staff", "HistoricalUser").objects.order_by("-history_id")
    remembered = apps.get_model("staff", "HistoricalUser_user_permissions").objects
    given = apps.get_model("staff", "User").user_permissions.through.objects
    for number, user, permission in given.order_by("pk").values_list("pk", "user_id", "permission_id"):
        last = entries.filter(id=user).values_list("history_id", flat=True).first()
        if last:
            remembered.create(id=number, history_id=last, user_id=user, permission_id=permission)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('staff', '0006_history_has_no_index_that_nobody_asks'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalUser_user_permissions',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='staff.historicaluser')),
                ('permission', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='auth.permission')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'HistoricalUser_user_permissions',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
