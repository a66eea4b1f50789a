"""What the log-in of a person says of them."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from staff.models import Passage, User
from trail.domain.erasing import Eraser, Subject, erasers
from trail.domain.erasing.registry import nameless

#: By this a session says whose it is.
WHOSE = "_auth_user_id"


@erasers.register
class Users(Eraser):
    """A user leaves every role and logs in no more; history calls them by a number."""

    code, position, model, user = "staff.User", 20, User, "id"
    blanks = {"first_name": "", "last_name": "", "email": "", "language": ""}
    says = ("first_name", "last_name", "email", "username")

    def look(self, subject: Subject) -> None:
        if not subject.users:
            return
        for table in self.tables():
            for row in table._base_manager.filter(id__in=sorted(subject.users)).values(*self.says, "is_guest"):
                whole = f"{row['first_name']} {row['last_name']}".strip()
                subject.phrases.add(whole, is_name=True)
                subject.phrases.add(row["email"])
                if not row["is_guest"]:
                    # The user name of a client is the office's own.
                    subject.phrases.add(row["username"])

    def settle(self, subject: Subject) -> None:
        for user in User.objects.filter(pk__in=sorted(subject.users)).order_by("pk"):
            user.is_active = user.is_staff = user.is_superuser = False
            user.set_unusable_password()
            user.last_login = None
            user.save()
            user.groups.clear()
            user.user_permissions.clear()

    def _blank_records(self, subject: Subject, asked: Q) -> None:
        for pk in sorted(subject.users):
            facts = {**self.facts(subject), "username": nameless(pk)}
            User.objects.filter(pk=pk).update(**facts)
            self.history._base_manager.filter(id=pk).update(username=nameless(pk))
            subject.counts[User._meta.db_table] += 1


@erasers.register
class Sessions(Eraser):
    """Whoever is logged in is out at once."""

    code, position, model = "sessions.Session", 30, Session

    def blank(self, subject: Subject) -> None:
        theirs = {str(pk) for pk in subject.users}
        if not theirs:
            return
        for session in Session.objects.iterator():
            if session.get_decoded().get(WHOSE) in theirs:
                session.delete()
                subject.counts[Session._meta.db_table] += 1


@erasers.register
class Passages(Eraser):
    """When and from where they came in."""

    code, position, model, user = "staff.Passage", 35, Passage, "user"

    def blank(self, subject: Subject) -> None:
        gone, _each = Passage.objects.filter(user__in=sorted(subject.users)).delete()
        subject.counts[Passage._meta.db_table] += gone


@erasers.register
class Administration(Eraser):
    """What Django's own administration noted about the user."""

    code, position, model = "admin.LogEntry", 40, LogEntry
    blanks, called = {"change_message": ""}, ("object_repr",)
    mentions = ("object_repr", "change_message")

    def rows(self, subject: Subject) -> Q | None:
        if not subject.users:
            return None
        about: Any = ContentType.objects.get_for_model(User)
        return Q(content_type=about, object_id__in=[str(pk) for pk in sorted(subject.users)])


@erasers.register
class EmailAddresses(Eraser):
    """The library's list of addresses, which the office does not use."""

    code, position, model, user = "account.EmailAddress", 45, EmailAddress, "user"

    def blank(self, subject: Subject) -> None:
        gone, _each = EmailAddress.objects.filter(user__in=sorted(subject.users)).delete()
        subject.counts[EmailAddress._meta.db_table] += gone
