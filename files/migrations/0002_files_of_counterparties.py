import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('counterparties', '0001_counterparties'),
        ('files', '0001_stored_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalstoredfile',
            name='counterparty',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='counterparties.counterparty', verbose_name='counterparty'),
        ),
        migrations.AddField(
            model_name='storedfile',
            name='counterparty',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='counterparties.counterparty', verbose_name='counterparty'),
        ),
    ]
