import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('characteristics', '0001_characteristics_and_nomenclatures'),
        ('counterparties', '0001_counterparties'),
    ]

    operations = [
        migrations.AddField(
            model_name='characteristic',
            name='target_type',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='counterparties.counterpartytype', verbose_name='type of counterparty'),
        ),
        migrations.AddField(
            model_name='historicalcharacteristic',
            name='target_type',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='counterparties.counterpartytype', verbose_name='type of counterparty'),
        ),
    ]
