import django.db.models.deletion
import rights.catalog
import simple_history.models
import trail.history
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('counterparties', '0001_counterparties'),
        ('staff', '0001_users'),
        ('trail', '0001_operations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('right', models.CharField(choices=rights.catalog.right_choices, max_length=16, verbose_name='right')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='auth.group', verbose_name='role')),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='counterparties.counterpartytype', verbose_name='type')),
            ],
            options={
                'verbose_name': 'granted right',
                'verbose_name_plural': 'granted rights',
                'constraints': [models.UniqueConstraint(fields=('role', 'type', 'right'), name='granted_once')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalGrant',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_change_reason', models.TextField(null=True)),
                ('right', models.CharField(choices=rights.catalog.right_choices, max_length=16, verbose_name='right')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operation', models.ForeignKey(default=trail.history.operation_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.operation')),
                ('role', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='auth.group', verbose_name='role')),
                ('type', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='counterparties.counterpartytype', verbose_name='type')),
            ],
            options={
                'verbose_name': 'historical granted right',
                'verbose_name_plural': 'historical granted rights',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='rights_hist_history_97f57a_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
