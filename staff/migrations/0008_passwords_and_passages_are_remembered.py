"""When a password was set is remembered, and who passed the door; from now on, nothing is known of before."""

import django.db.models.deletion
import django.utils.timezone
import staff.models.passage
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0007_what_somebody_may_besides_is_remembered'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaluser',
            name='password_set_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='password set'),
        ),
        migrations.AddField(
            model_name='user',
            name='password_set_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='password set'),
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=staff.models.passage.sorts, max_length=5)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('address', models.GenericIPAddressField(null=True)),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passages', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'at', 'id'], name='passages_of_one_person')],
            },
        ),
    ]
