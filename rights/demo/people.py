"""The people of the demo office and the roles they play."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission

from staff.models import User


@dataclass(frozen=True)
class Part:
    """Somebody of the demo office; the password is the user name and ``-demo``."""

    username: str
    first_name: str
    last_name: str
    roles: tuple[str, ...] = ()
    is_superuser: bool = False
    manages_settings: bool = False

    @property
    def password(self) -> str:
        return f"{self.username}-demo"


CAST = [
    Part("admin", "Asen", "Iliev", is_superuser=True),
    Part("ivo", "Ivo", "Stanchev", manages_settings=True),
    Part("anna", "Anna", "Dimitrova", roles=("Sales",)),
    Part("boris", "Boris", "Kolev", roles=("Bookkeeping",)),
    Part("vera", "Vera", "Petrova"),
    Part("mila", "Mila", "Georgieva", roles=("Sales", "Bookkeeping")),
]


def invite() -> tuple[dict[str, User], list[User]]:
    """Everybody of the cast by user name, and those who were missing and came now; nobody's password is changed."""
    present = {each.username: each for each in User.objects.filter(username__in=[part.username for part in CAST])}
    missing = [part for part in CAST if part.username not in present]
    # A password is hashed for a third of a second on purpose; several at a time use the second processor.
    with ThreadPoolExecutor() as pool:
        hashes = list(pool.map(make_password, [part.password for part in missing]))
    made = [_invite(part, secret) for part, secret in zip(missing, hashes, strict=True)]
    return present | {user.username: user for user in made}, made


def _invite(part: Part, secret: str) -> User:
    user = User.objects.create(
        username=part.username,
        password=secret,
        first_name=part.first_name,
        last_name=part.last_name,
        email=f"{part.username}@office.example",
        is_superuser=part.is_superuser,
        is_staff=part.is_superuser or part.manages_settings,
    )
    if part.roles:
        user.groups.set(Group.objects.filter(name__in=part.roles))
    if part.manages_settings:
        user.user_permissions.add(Permission.objects.get(codename="manage_settings", content_type__app_label="staff"))
    return user
