"""The staff: who has an account, and in which roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from staff.models import Role, User
from staff.passwords import ADVICE, GivenPasswordForm
from staff.screens import Screen


class _Roles(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(role.value, role.label) for role in Role]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[User]) -> models.QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class _Reads(forms.Form):
    reads = forms.MultipleChoiceField(
        label=_("Reads"),
        choices=[("en", _("English")), ("ko", _("Korean"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Languages in which this person can judge a translation."),
    )


class StaffForm(_Reads, UserChangeForm):
    password = None


class NewStaffForm(_Reads, UserCreationForm):
    """Everything that an account needs before somebody works with it."""

    class Meta(UserCreationForm.Meta):
        model = User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _("For logging in. Letters, digits and @ . + - _ without spaces.")
        self.fields["password1"].label, self.fields["password1"].help_text = _("Password"), ADVICE
        self.fields["password2"].label, self.fields["password2"].help_text = _("Password once more"), ""

    def validate_password_for_user(self, user: User, **kwargs: Any) -> None:
        """What is wrong with a password is said where it is first typed."""
        super().validate_password_for_user(user, "password1")


@admin.register(User)
class StaffAdmin(Screen, UserAdmin):
    """An account and its roles. Rights come from roles alone."""

    form = StaffForm
    add_form = NewStaffForm
    add_form_template = None
    change_password_form = GivenPasswordForm
    list_display = ["username", "full_name", "role_names", "state"]
    list_filter = [RoleFilter]
    readonly_fields = ["new_password"]
    search_fields = ["username", "first_name", "last_name"]
    filter_horizontal: tuple[str, ...] = ()
    ordering = ["username"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return [
                (None, {"fields": ["username", "first_name", "last_name", "email"]}),
                (None, {"fields": ["groups", "interface_language", "reads"]}),
                (None, {"fields": ["password1", "password2"]}),
            ]
        rights = ["is_active", "groups"]
        if request.user.is_superuser:
            rights.append("is_superuser")
        return [
            (None, {"fields": ["username", "new_password"]}),
            (_("Who"), {"fields": ["first_name", "last_name", "email", "interface_language", "reads"]}),
            (_("Roles"), {"fields": rights}),
        ]

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            return _Roles(
                queryset=Group.objects.filter(name__in=Role.values).order_by("pk"),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                label=_("Roles"),
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Else whoever may change accounts could set the password of one that may do anything.
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.display(description=_("password"))
    def new_password(self, user: User) -> SafeString:
        """Nothing of the old one is shown, not even its hash."""
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a class="button-link second-act" href="{}">{}</a>', address, _("Give a new password"))

    @admin.display(description=_("account"))
    def state(self, user: User) -> str:
        return str(pgettext_lazy("account", "open") if user.is_active else pgettext_lazy("account", "closed"))

    @admin.display(description=_("name"))
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(str(Role(g.name).label) for g in user.groups.all() if g.name in Role.values)


# Roles and what they may do are made by migrations, not by hand.
admin.site.unregister(Group)
