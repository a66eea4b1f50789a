"""What somebody may do besides the rights: by themselves and by their roles."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission

from staff.domain.entering import NameOrEmail
from staff.models import User

pytestmark = pytest.mark.django_db


def test_permissions_are_ones_own_and_those_of_ones_roles_and_nobody_elses(django_assert_num_queries):
    own, of_role, of_both, of_another = Permission.objects.order_by("pk")[:4]
    ira, other = User.objects.create_user("ira"), User.objects.create_user("other")
    role, another = Group.objects.create(name="Keepers"), Group.objects.create(name="Others")
    ira.groups.add(role)
    other.groups.add(another)
    ira.user_permissions.add(own, of_both)
    role.permissions.add(of_role, of_both)
    another.permissions.add(of_another)
    other.user_permissions.add(of_another)

    with django_assert_num_queries(1):
        held = NameOrEmail().get_all_permissions(ira)

    named = {f"{each.content_type.app_label}.{each.codename}" for each in (own, of_role, of_both)}
    assert held == named == ModelBackend().get_all_permissions(User.objects.get(username="ira"))
