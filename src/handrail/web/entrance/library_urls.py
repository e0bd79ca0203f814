"""Addresses of the sign-in library's pages that exist here, under the names by which it knows them."""

from django.urls import path

from handrail.web.entrance import door, staff

urlpatterns = [
    path("sign-in", staff.sign_in_page, name="account_login"),
    path("sign-in/second-step", staff.second_step, name="mfa_authenticate"),
    path("sign-in/passkey", staff.by_passkey, name="mfa_login_webauthn"),
    path("sign-in/new-password", door.ask_for_password, name="account_reset_password"),
    path("sign-in/new-password/sent", door.password_asked, name="account_reset_password_done"),
    path("sign-in/new-password/chosen", staff.password_chosen, name="account_reset_password_from_key_done"),
    path(
        "sign-in/new-password/<uuid:uidb36>-<str:key>",
        staff.choose_password,
        name="account_reset_password_from_key",
    ),
    path("sign-in/again", staff.again, name="mfa_reauthenticate"),
    path("sign-in/again/passkey", staff.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("security", staff.settings_page, name="mfa_index"),
    path("security/password", staff.change_password, name="account_change_password"),
    path("security/app", staff.add_app, name="mfa_activate_totp"),
    path("security/app/remove", staff.remove_app, name="mfa_deactivate_totp"),
    path("security/passkeys", staff.passkeys, name="mfa_list_webauthn"),
    path("security/passkeys/add", staff.add_passkey, name="mfa_add_webauthn"),
    path("security/passkeys/<slug:mark>/remove", staff.remove_passkey, name="mfa_remove_webauthn"),
    path("security/codes", staff.recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/new", staff.new_recovery_codes, name="mfa_generate_recovery_codes"),
]
