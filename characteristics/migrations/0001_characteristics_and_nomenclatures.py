import characteristics.registry
import desk.fields
import django.db.models.deletion
import simple_history.models
import trail.history
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_stored_files'),
        ('staff', '0001_users'),
        ('trail', '0001_operations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Nomenclature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', desk.fields.CodeField(help_text='Short, Latin letters; it cannot be changed later.', max_length=32, unique=True, verbose_name='code')),
                ('name', desk.fields.Line(max_length=200, verbose_name='name')),
                ('name_en', desk.fields.Line(blank=True, max_length=200, verbose_name='name in English')),
                ('name_bg', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Bulgarian')),
                ('name_ru', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Russian')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('is_system', models.BooleanField(default=False, editable=False, verbose_name='system')),
            ],
            options={
                'verbose_name': 'nomenclature',
                'verbose_name_plural': 'nomenclatures',
                'ordering': ['position', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Element',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', desk.fields.Line(max_length=200, verbose_name='name')),
                ('name_en', desk.fields.Line(blank=True, max_length=200, verbose_name='name in English')),
                ('name_bg', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Bulgarian')),
                ('name_ru', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Russian')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('stopped_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stopped')),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('code', desk.fields.CodeField(max_length=32, verbose_name='code')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='characteristics.element', verbose_name='parent')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='picture')),
                ('nomenclature', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elements', to='characteristics.nomenclature', verbose_name='nomenclature')),
            ],
            options={
                'verbose_name': 'element',
                'verbose_name_plural': 'elements',
                'ordering': ['position', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Characteristic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', desk.fields.CodeField(help_text='Short, Latin letters; it cannot be changed later.', max_length=32, unique=True, verbose_name='code')),
                ('name', desk.fields.Line(max_length=200, verbose_name='name')),
                ('name_en', desk.fields.Line(blank=True, max_length=200, verbose_name='name in English')),
                ('name_bg', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Bulgarian')),
                ('name_ru', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Russian')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('stopped_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stopped')),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('type_code', models.CharField(choices=characteristics.registry.type_choices, max_length=32, verbose_name='type')),
                ('definition', desk.fields.Lines(blank=True, help_text='Shown as help at the field.', verbose_name='definition')),
                ('unit', desk.fields.Line(blank=True, max_length=20, verbose_name='unit')),
                ('is_required', models.BooleanField(default=False, verbose_name='required')),
                ('is_multiple', models.BooleanField(default=False, verbose_name='several values')),
                ('in_list', models.BooleanField(default=False, verbose_name='shown in the register')),
                ('is_system', models.BooleanField(default=False, editable=False, verbose_name='system')),
                ('nomenclature', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='characteristics', to='characteristics.nomenclature', verbose_name='nomenclature')),
            ],
            options={
                'verbose_name': 'characteristic',
                'verbose_name_plural': 'characteristics',
                'ordering': ['position', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalNomenclature',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', desk.fields.CodeField(db_index=True, help_text='Short, Latin letters; it cannot be changed later.', max_length=32, verbose_name='code')),
                ('name', desk.fields.Line(max_length=200, verbose_name='name')),
                ('name_en', desk.fields.Line(blank=True, max_length=200, verbose_name='name in English')),
                ('name_bg', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Bulgarian')),
                ('name_ru', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Russian')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('history_change_reason', models.TextField(null=True)),
                ('is_system', models.BooleanField(default=False, editable=False, verbose_name='system')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operation', models.ForeignKey(default=trail.history.operation_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.operation')),
            ],
            options={
                'verbose_name': 'historical nomenclature',
                'verbose_name_plural': 'historical nomenclatures',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='characteris_history_0b23a2_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalElement',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', desk.fields.Line(max_length=200, verbose_name='name')),
                ('name_en', desk.fields.Line(blank=True, max_length=200, verbose_name='name in English')),
                ('name_bg', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Bulgarian')),
                ('name_ru', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Russian')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('stopped_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stopped')),
                ('history_change_reason', models.TextField(null=True)),
                ('code', desk.fields.CodeField(max_length=32, verbose_name='code')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operation', models.ForeignKey(default=trail.history.operation_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.operation')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='characteristics.element', verbose_name='parent')),
                ('picture', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files.storedfile', verbose_name='picture')),
                ('nomenclature', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='characteristics.nomenclature', verbose_name='nomenclature')),
            ],
            options={
                'verbose_name': 'historical element',
                'verbose_name_plural': 'historical elements',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='characteris_history_c7f171_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCharacteristic',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', desk.fields.CodeField(db_index=True, help_text='Short, Latin letters; it cannot be changed later.', max_length=32, verbose_name='code')),
                ('name', desk.fields.Line(max_length=200, verbose_name='name')),
                ('name_en', desk.fields.Line(blank=True, max_length=200, verbose_name='name in English')),
                ('name_bg', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Bulgarian')),
                ('name_ru', desk.fields.Line(blank=True, max_length=200, verbose_name='name in Russian')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('stopped_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stopped')),
                ('history_change_reason', models.TextField(null=True)),
                ('type_code', models.CharField(choices=characteristics.registry.type_choices, max_length=32, verbose_name='type')),
                ('definition', desk.fields.Lines(blank=True, help_text='Shown as help at the field.', verbose_name='definition')),
                ('unit', desk.fields.Line(blank=True, max_length=20, verbose_name='unit')),
                ('is_required', models.BooleanField(default=False, verbose_name='required')),
                ('is_multiple', models.BooleanField(default=False, verbose_name='several values')),
                ('in_list', models.BooleanField(default=False, verbose_name='shown in the register')),
                ('is_system', models.BooleanField(default=False, editable=False, verbose_name='system')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operation', models.ForeignKey(default=trail.history.operation_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.operation')),
                ('nomenclature', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='characteristics.nomenclature', verbose_name='nomenclature')),
            ],
            options={
                'verbose_name': 'historical characteristic',
                'verbose_name_plural': 'historical characteristics',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='characteris_history_152923_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='element',
            constraint=models.UniqueConstraint(fields=('nomenclature', 'code'), name='element_code_once_per_nomenclature'),
        ),
    ]
