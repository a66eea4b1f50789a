"""As with counterparties: the index by a log-in's e-mail finds all that the one of patterns would."""

from django.db import migrations

from desk.databases.unindexed import Unindexed
from desk.fields import KeyField


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_history_has_no_index_that_nobody_asks")]

    operations = [Unindexed("access", "email_key", KeyField(editable=False, null=True, unique=True))]
