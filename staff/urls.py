from django.urls import path, re_path

from staff.pages import doors, language, people, profile, roles

# The names beginning with account_ are those under which the library behind the doors looks them up.
urlpatterns = [
    path("login/", doors.login, name="account_login"),
    path("logout/", doors.logout, name="account_logout"),
    path("password/forgotten/", doors.forgotten, name="account_reset_password"),
    path("password/forgotten/sent/", doors.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        doors.new_password,
        name="account_reset_password_from_key",
    ),
    path("password/new/done/", doors.new_password_set, name="account_reset_password_from_key_done"),
    path("profile/", profile.profile, name="profile"),
    path("profile/password/", profile.password, name="account_change_password"),
    path("people/", people.colleagues, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/<str:person>/edit/", people.edit, name="person-edit"),
    path("roles/", roles.roles, name="roles"),
    path("roles/new/", roles.new, name="role-new"),
    path("roles/<int:role>/edit/", roles.edit, name="role-edit"),
    path("roles/<int:role>/delete/", roles.delete, name="role-delete"),
    path("language/", language.choose, name="language"),
]
