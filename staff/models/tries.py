from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Try(models.Model):
    """A try to log in, for as long as it counts; who tried from where is kept as a fingerprint only."""

    name = models.CharField(_("name and address"), max_length=64, db_index=True)
    address = models.CharField(_("address"), max_length=64, db_index=True)
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("try to log in"), _("tries to log in")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
