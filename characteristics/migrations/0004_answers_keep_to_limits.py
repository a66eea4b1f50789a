"""Limits of answers, the answer with which a new card begins, and answers that no two counterparties share."""

import desk.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('characteristics', '0003_history_has_no_index_that_nobody_asks'),
    ]

    operations = [
        migrations.AddField(
            model_name='characteristic',
            name='default',
            field=desk.fields.Line(blank=True, max_length=500, verbose_name='preset answer'),
        ),
        migrations.AddField(
            model_name='characteristic',
            name='is_unique',
            field=models.BooleanField(default=False, verbose_name='unique'),
        ),
        migrations.AddField(
            model_name='characteristic',
            name='max_length',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='most characters'),
        ),
        migrations.AddField(
            model_name='characteristic',
            name='maximum',
            field=desk.fields.Line(blank=True, max_length=30, verbose_name='at most'),
        ),
        migrations.AddField(
            model_name='characteristic',
            name='minimum',
            field=desk.fields.Line(blank=True, max_length=30, verbose_name='at least'),
        ),
        migrations.AddField(
            model_name='characteristic',
            name='pattern',
            field=desk.fields.Line(blank=True, max_length=200, verbose_name='pattern'),
        ),
        migrations.AddField(
            model_name='characteristic',
            name='pattern_hint',
            field=desk.fields.Line(blank=True, max_length=200, verbose_name='the pattern in words'),
        ),
        migrations.AddField(
            model_name='historicalcharacteristic',
            name='default',
            field=desk.fields.Line(blank=True, max_length=500, verbose_name='preset answer'),
        ),
        migrations.AddField(
            model_name='historicalcharacteristic',
            name='is_unique',
            field=models.BooleanField(default=False, verbose_name='unique'),
        ),
        migrations.AddField(
            model_name='historicalcharacteristic',
            name='max_length',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='most characters'),
        ),
        migrations.AddField(
            model_name='historicalcharacteristic',
            name='maximum',
            field=desk.fields.Line(blank=True, max_length=30, verbose_name='at most'),
        ),
        migrations.AddField(
            model_name='historicalcharacteristic',
            name='minimum',
            field=desk.fields.Line(blank=True, max_length=30, verbose_name='at least'),
        ),
        migrations.AddField(
            model_name='historicalcharacteristic',
            name='pattern',
            field=desk.fields.Line(blank=True, max_length=200, verbose_name='pattern'),
        ),
        migrations.AddField(
            model_name='historicalcharacteristic',
            name='pattern_hint',
            field=desk.fields.Line(blank=True, max_length=200, verbose_name='the pattern in words'),
        ),
    ]
