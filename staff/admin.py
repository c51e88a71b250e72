"""The staff: who has an account, and in which roles."""

import secrets
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from staff.again import require_recent
from staff.factors import factors_of, may_reset, reset_factors
from staff.models import Guest, Role, Session, User
from staff.own_door import logged_in
from staff.passwords import ADVICE, GivenPasswordForm
from staff.registering import give_link
from staff.screens import Screen


class _Roles(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(role.value, role.label) for role in Role if role != Role.GUEST]

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


# What unticking "Active" does.
CLOSING = _("Without this tick the account is closed: nobody comes in with it, and what was done with it stays.")


class StaffForm(_Reads, UserChangeForm):
    password = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_active" in self.fields:
            self.fields["is_active"].help_text = CLOSING


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

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/second-factor/reset/", view(self.factor_reset), name="staff_user_factor_reset"),
            path("<int:pk>/sessions/ending/", view(self.sessions_ending), name="staff_user_sessions_ending"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups").exclude(pk__in=Guest.objects.all())

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
            (_("Name and language"), {"fields": ["first_name", "last_name", "email", "interface_language", "reads"]}),
            (_("Roles"), {"fields": rights}),
        ]

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            return _Roles(
                # A guest is no staff: she has a screen of her own.
                queryset=Group.objects.filter(name__in=set(Role.values) - {Role.GUEST}).order_by("pk"),
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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Whoever makes accounts could make one for a stranger: an unwatched screen is not enough.

        Where a password is typed she is asked beforehand: it does not come back with the rest of the form.
        """
        if request.method == "POST" or object_id is None:
            require_recent(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        user = User.objects.filter(pk=object_id, is_staff=True).first() if object_id.isdigit() else None
        doors = (
            {"factors": factors_of(user), "places": len(logged_in(user)), "may_reset": may_reset(user, by=request.user)}
            if user
            else {}
        )
        return super().change_view(request, object_id, form_url, {**doors, **(extra_context or {})})

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        require_recent(request)
        return super().user_change_password(request, id, form_url)

    def factor_reset(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Her device is lost: what she has opens nothing any more, and she sets up another."""
        user = self._of_the_staff(request, pk)
        if not may_reset(user, by=request.user):
            raise PermissionDenied
        require_recent(request)
        why = request.POST.get("reason", "").strip()[:500]
        if not why:
            messages.error(request, gettext("Nothing is taken away yet: say why."))
            return redirect("admin:staff_user_change", pk)
        reset_factors(user, by=request.user, why=why)
        messages.success(request, gettext("Reset. She is logged out, and sets up another at her next log-in."))
        return redirect("admin:staff_user_change", pk)

    def sessions_ending(self, request: HttpRequest, pk: int) -> HttpResponse:
        """She is logged out everywhere."""
        user = self._of_the_staff(request, pk)
        Session.objects.filter(user=user).delete()
        messages.success(request, gettext("Logged out everywhere."))
        return redirect("admin:staff_user_change", pk)

    def _of_the_staff(self, request: HttpRequest, pk: int) -> User:
        if request.method != "POST":
            raise Http404
        user = get_object_or_404(User, pk=pk, is_staff=True)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        return user

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


class GuestForm(forms.ModelForm):
    """A guest is known by her name: it stands under what she signs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            if name in self.fields:
                self.fields[name].required = True
        if "is_active" in self.fields:
            self.fields["is_active"].help_text = CLOSING


@admin.register(Guest)
class GuestAdmin(Screen):
    """Guest signatories: who makes accounts makes theirs. No password; a link under which she registers a passkey."""

    form = GuestForm
    list_display = ["full_name", "key", "state"]
    list_display_links = ["full_name"]
    search_fields = ["first_name", "last_name"]
    ordering = ["first_name", "last_name"]
    fields = [("first_name", "last_name"), "interface_language"]

    def get_fields(self, request: HttpRequest, obj: Guest | None = None) -> Any:
        return [*self.fields, "is_active", "key"] if obj else self.fields

    readonly_fields = ["key"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Guest]:
        return super().get_queryset(request).prefetch_related("passkeys")

    def get_urls(self) -> list:
        link = path("<int:pk>/link/", self.admin_site.admin_view(self.link), name="staff_guest_link")
        return [link, *super().get_urls()]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("staff.view_user")

    def has_view_permission(self, request: HttpRequest, obj: Guest | None = None) -> bool:
        return request.user.has_perm("staff.view_user")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("staff.add_user")

    def has_change_permission(self, request: HttpRequest, obj: Guest | None = None) -> bool:
        return request.user.has_perm("staff.change_user")

    def has_delete_permission(self, request: HttpRequest, obj: Guest | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Guest, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.username = f"guest-{secrets.token_hex(4)}"
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            obj.groups.set([Group.objects.get(name=Role.GUEST)])

    def link(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Gives a registration link, shown this once."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        guest = get_object_or_404(Guest, pk=pk)
        require_recent(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Registration link"),
            "guest": guest,
            "link": give_link(guest, by=request.user),
            "opts": self.opts,
        }
        return render(request, "admin/staff/guest/link.html", context)

    @admin.display(description=_("name"))
    def full_name(self, guest: Guest) -> str:
        return str(guest)

    @admin.display(description=_("passkey"))
    def key(self, guest: Guest) -> str:
        for passkey in guest.passkeys.all():
            if passkey.ended_at is None:
                return gettext("%(name)s, since %(day)s") % {
                    "name": passkey.name,
                    "day": date_format(localtime(passkey.since), "DATE_FORMAT"),
                }
        return gettext("None yet: give her a registration link.")

    @admin.display(description=_("account"))
    def state(self, guest: Guest) -> str:
        return str(pgettext_lazy("account", "open") if guest.is_active else pgettext_lazy("account", "closed"))


# Roles and what they may do are made by migrations, not by hand.
admin.site.unregister(Group)
