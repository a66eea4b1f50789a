import desk.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def share_with_a_role(apps, schema_editor):
    """What colleagues saw stays with those who share a role with its owner; without a role it is the owner's alone."""
    for view in apps.get_model("counterparties", "SavedView").objects.filter(is_shared=True).select_related("user"):
        view.role = view.user.groups.order_by("name").first()
        view.save(update_fields=["role"])


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('counterparties', '0001_counterparties'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='savedview',
            name='view_name_once_per_person',
        ),
        migrations.AddField(
            model_name='historicalsavedview',
            name='is_default',
            field=models.BooleanField(default=False, verbose_name='the list opens with it'),
        ),
        migrations.AddField(
            model_name='historicalsavedview',
            name='role',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='auth.group', verbose_name='shared with'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='is_default',
            field=models.BooleanField(default=False, verbose_name='the list opens with it'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='saved_views', to='auth.group', verbose_name='shared with'),
        ),
        migrations.RunPython(share_with_a_role, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='historicalsavedview',
            name='is_shared',
        ),
        migrations.RemoveField(
            model_name='savedview',
            name='is_shared',
        ),
        migrations.AlterField(
            model_name='historicalsavedview',
            name='name',
            field=desk.fields.Line(blank=True, max_length=100, verbose_name='name'),
        ),
        migrations.AlterField(
            model_name='historicalsavedview',
            name='path',
            field=models.CharField(max_length=200, verbose_name='list'),
        ),
        migrations.AlterField(
            model_name='historicalsavedview',
            name='query',
            field=models.CharField(blank=True, max_length=4000, verbose_name='what it shows'),
        ),
        migrations.AlterField(
            model_name='savedview',
            name='name',
            field=desk.fields.Line(blank=True, max_length=100, verbose_name='name'),
        ),
        migrations.AlterField(
            model_name='savedview',
            name='path',
            field=models.CharField(max_length=200, verbose_name='list'),
        ),
        migrations.AlterField(
            model_name='savedview',
            name='query',
            field=models.CharField(blank=True, max_length=4000, verbose_name='what it shows'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('user', 'path', 'name'), name='view_name_once_per_person_and_list'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('user', 'path'), name='one_default_view_per_person_and_list'),
        ),
    ]
