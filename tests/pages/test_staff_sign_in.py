"""Staff get in with a password and a second factor; nothing at the door tells who is known."""

from __future__ import annotations

import re
import statistics
import time
from datetime import UTC, datetime, timedelta
from unittest.mock import ANY

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from handrail.domain.words import Event, IdentityCheck, Role
from handrail.records.accounts import access, actions, sign_in
from handrail.records.audit.models import Line
from handrail.web.entrance.staff import passkey_mark
from tests.pages import door
from tests.pages.door import PASSWORD, Staff

pytestmark = pytest.mark.django_db


def test_a_password_and_a_code_lead_to_where_the_role_begins(administrator: Staff) -> None:
    client = door.walk_in(administrator)
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [("/accounts/", 302)]
    assert door.who(client) == administrator.id


def test_coming_in_takes_a_new_session_key(administrator: Staff) -> None:
    client = Client()
    client.get("/sign-in")
    client.post("/sign-in", {"login": administrator.email, "password": PASSWORD})
    waiting = client.session.session_key
    client.post("/sign-in/second-step", {"code": door.code()})
    assert client.session.session_key != waiting


def test_coming_and_going_are_in_the_ledger(administrator: Staff) -> None:
    client = door.walk_in(administrator)
    client.post("/sign-out")
    events = [Event.SIGNED_IN, Event.SIGNED_OUT]
    assert list(
        Line.objects.filter(about=administrator.id, event__in=events).values_list("event", flat=True)
    ) == [event.value for event in events]


def test_a_password_alone_opens_nothing(administrator: Staff) -> None:
    client = Client()
    answer = client.post("/sign-in", {"login": administrator.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/sign-in/second-step"
    assert door.who(client) is None
    assert client.get("/accounts/").status_code == 404


def test_a_wrong_code_opens_nothing_and_a_right_one_still_does(administrator: Staff) -> None:
    client = Client()
    client.post("/sign-in", {"login": administrator.email, "password": PASSWORD})
    answer = client.post("/sign-in/second-step", {"code": "000000"})
    assert b"That code did not work" in answer.content
    client.post("/sign-in/second-step", {"code": door.code()})
    assert door.who(client) == administrator.id


def test_a_code_works_once(administrator: Staff) -> None:
    shown = door.code()
    first, second = Client(), Client()
    for client in (first, second):
        client.post("/sign-in", {"login": administrator.email, "password": PASSWORD})
        client.post("/sign-in/second-step", {"code": shown})
    assert door.who(first) == administrator.id
    assert door.who(second) is None


def test_a_recovery_code_works_once_in_place_of_the_app(administrator: Staff) -> None:
    client = door.let_in(administrator)
    client.post("/sign-in/again", {"code": door.code()})
    client.post("/security/codes/new")
    codes = re.findall(r"<code>(\d+)</code>", client.get("/security/codes").content.decode())
    assert len(codes) == 10
    tries = []
    for _ in range(2):
        visitor = Client()
        visitor.post("/sign-in", {"login": administrator.email, "password": PASSWORD})
        visitor.post("/sign-in/second-step", {"code": codes[0]})
        tries.append(door.who(visitor))
    assert tries == [administrator.id, None]


def test_whoever_has_no_recovery_codes_is_led_to_where_they_are_made(administrator: Staff) -> None:
    client = door.let_in(administrator)
    settings_page = client.get("/security").content
    assert (b"/security/codes/new" in settings_page, b'"/security/codes"' in settings_page) == (True, False)
    assert client.get("/security/codes").headers["Location"] == "/security/codes/new"
    client.post("/sign-in/again", {"code": door.code()})
    client.post("/security/codes/new")
    assert client.get("/security/codes").status_code == 200
    assert b'"/security/codes"' in client.get("/security").content


def test_the_secret_of_an_app_is_kept_encrypted(administrator: Staff) -> None:
    from allauth.mfa.models import Authenticator

    kept = Authenticator.objects.get(user_id=administrator.id).data["secret"]
    assert door.SECRET not in kept
    assert Authenticator.objects.get(user_id=administrator.id).wrap().validate_code(door.code())


def test_known_unknown_and_closed_addresses_get_the_same_bytes(
    administrator: Staff, researcher: Staff
) -> None:
    actions.leave(researcher.id, timezone.now().date(), by=administrator.id, at=timezone.now())
    answers = [
        Client().post("/sign-in", {"login": email, "password": password})
        for email, password in (
            (administrator.email, "wrong in every way"),
            ("nobody@staff.example.org", "wrong in every way"),
            (researcher.email, PASSWORD),
        )
    ]
    pages = [
        answer.content.replace(email, b"")
        for answer, email in zip(answers, _bytes(administrator, researcher), strict=True)
    ]
    assert len({door.plain(page) for page in pages}) == 1
    assert {answer.status_code for answer in answers} == {200}
    assert Line.objects.filter(event=Event.SIGN_IN_FAILED).count() == 3


def _bytes(administrator: Staff, researcher: Staff) -> list[bytes]:
    return [administrator.email.encode(), b"nobody@staff.example.org", researcher.email.encode()]


@pytest.mark.slow
def test_known_and_unknown_addresses_take_the_same_time(administrator: Staff, settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # type: ignore[attr-defined]
    settings.ACCOUNT_RATE_LIMITS = {"login": "1000/m/ip", "login_failed": "1000/m/ip"}  # type: ignore[attr-defined]
    from django.contrib.auth.hashers import make_password

    sign_in.keep_password(administrator.id, make_password(PASSWORD), at=door.MADE_AT)
    times: dict[str, list[float]] = {administrator.email: [], "nobody@staff.example.org": []}
    for _ in range(7):
        for email, taken in times.items():
            start = time.perf_counter()
            Client().post("/sign-in", {"login": email, "password": "wrong in every way"})
            taken.append(time.perf_counter() - start)
    known, unknown = (min(taken) for taken in times.values())
    assert abs(known - unknown) / max(known, unknown) < 0.25
    assert statistics.median(times[administrator.email]) > 0.05  # the slow hasher was at work


def test_too_many_wrong_passwords_close_the_door_for_a_while(administrator: Staff) -> None:
    for _ in range(6):
        answer = Client().post("/sign-in", {"login": administrator.email, "password": "wrong in every way"})
    assert b"Too many tries" in answer.content
    shut = Client().post("/sign-in", {"login": administrator.email, "password": PASSWORD})
    assert b"Too many tries" in shut.content


def test_nobody_signs_up(site: None) -> None:
    for path in ("/signup", "/sign-up", "/accounts/signup/", "/sign-in/code"):
        assert Client().get(path).status_code == 404


class TestEnrolling:
    """Somebody with a password and no second factor may add one, and nothing else."""

    @pytest.fixture
    def newcomer(self, site: None) -> Staff:
        return door.make_staff(Role.TRIAL_MANAGER, has_app=False)

    @pytest.fixture
    def client(self, newcomer: Staff) -> Client:
        client = Client()
        client.post("/sign-in", {"login": newcomer.email, "password": PASSWORD})
        return client

    def test_every_page_leads_to_adding_one(self, client: Client) -> None:
        for path in ("/office/", "/security", "/accounts/", "/no-such-page"):
            assert client.get(path).headers["Location"] == "/second-step"
        assert client.get("/second-step").status_code == 200

    def test_an_app_is_added_by_its_first_code_and_opens_the_house(
        self, client: Client, newcomer: Staff
    ) -> None:
        page = client.get("/security/app").content.decode()
        secret = re.search(r'<code class="hr-key">([A-Z2-7]+)</code>', page)
        assert secret
        answer = client.post("/security/app", {"code": door.code(secret=secret[1])})
        assert answer.headers["Location"] == "/security/codes"
        assert client.get("/office/").status_code == 200
        assert access.has_second_factor(newcomer.id)

    def test_the_picture_is_allowed_on_that_page_only(self, client: Client) -> None:
        assert "img-src 'self' data:" in client.get("/security/app").headers["Content-Security-Policy"]
        assert "data:" not in client.get("/second-step").headers["Content-Security-Policy"]

    def test_a_second_session_with_the_password_alone_ends_once_a_factor_is_there(
        self, client: Client, newcomer: Staff
    ) -> None:
        stranger = Client()
        stranger.post("/sign-in", {"login": newcomer.email, "password": PASSWORD})
        page = client.get("/security/app").content.decode()
        secret = re.search(r'class="hr-key">([A-Z2-7]+)<', page)
        assert secret
        client.post("/security/app", {"code": door.code(secret=secret[1])})
        assert stranger.get("/security/passkeys/add").status_code == 404
        assert door.who(stranger) is None


class TestPasswords:
    """Links to choose a password: by invitation, or because it was forgotten."""

    def link(self, account_id: object) -> str:
        return f"/sign-in/new-password/{sign_in.password_key(account_id)}"  # type: ignore[arg-type]

    def test_a_link_sets_a_password_once_and_does_not_sign_in(self, administrator: Staff) -> None:
        client, link = Client(), self.link(administrator.id)
        page = client.get(link, follow=True)
        assert b"Choose your password" in page.content
        where = page.redirect_chain[-1][0]
        fresh = "a stone a spoon a sail"
        done = client.post(where, {"password1": fresh, "password2": fresh})
        assert done.headers["Location"] == "/sign-in/new-password/chosen"
        assert door.who(client) is None
        assert b"does not work any more" in Client().get(link, follow=True).content
        answer = Client().post("/sign-in", {"login": administrator.email, "password": fresh})
        assert answer.headers["Location"] == "/sign-in/second-step"  # the second factor is not skipped

    def test_the_key_does_not_stay_in_the_address(self, administrator: Staff) -> None:
        where = Client().get(self.link(administrator.id)).headers["Location"]
        assert where.endswith("-set-password")

    @pytest.mark.parametrize(
        ("password", "why"),
        [
            ("short", "at least 12"),
            ("handrail1234", "one of our words"),
            ("password1234", "too common"),
        ],
    )
    def test_a_weak_password_is_refused(self, administrator: Staff, password: str, why: str) -> None:
        client = Client()
        where = client.get(self.link(administrator.id), follow=True).redirect_chain[-1][0]
        page = client.post(where, {"password1": password, "password2": password}).content.decode()
        assert why in page

    def test_changing_it_ends_every_other_session(self, administrator: Staff) -> None:
        here, elsewhere = door.let_in(administrator), door.let_in(administrator)
        fresh = "a stone a spoon a sail"
        here.post("/security/password", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
        assert here.get("/accounts/").status_code == 200
        assert elsewhere.get("/accounts/").status_code == 404

    def test_the_last_factor_stays(self, administrator: Staff) -> None:
        client = door.let_in(administrator)
        client.post("/sign-in/again", {"code": door.code()})
        page = client.get("/security/app/remove").content
        assert b"The app has to stay" in page
        client.post("/security/app/remove")
        assert access.has_second_factor(administrator.id)


def test_changing_factors_asks_for_one_first(administrator: Staff) -> None:
    client = door.let_in(administrator)
    answer = client.get("/security/passkeys/add")
    assert answer.headers["Location"].startswith("/sign-in/again?next=")
    client.post("/sign-in/again?next=/security/passkeys/add", {"code": door.code()})
    assert client.get("/security/passkeys/add").status_code == 200


def passkey(staff: Staff, name: str) -> Authenticator:
    """A passkey as the library keeps one."""
    kept = {"name": name, "credential": {"id": f"random-{name}"}}
    return Authenticator.objects.create(user_id=staff.id, type=Authenticator.Type.WEBAUTHN, data=kept)


def test_a_passkey_is_taken_away_under_an_address_that_counts_nothing(
    administrator: Staff, researcher: Staff
) -> None:
    client, other = door.let_in(researcher), passkey(administrator, "Hers")
    gone, kept = passkey(researcher, "Old"), passkey(researcher, "New")
    addresses = re.findall(
        r'href="(/security/passkeys/\w{16}/remove)"', client.get("/security").content.decode()
    )
    assert len({*addresses}) == 2
    client.post("/sign-in/again", {"code": door.code()})
    assert "“Old”" in client.get(addresses[0]).content.decode()
    assert [client.post(addresses[0]).status_code, client.post(addresses[0]).status_code] == [302, 404]
    assert {*Authenticator.objects.filter(type="webauthn")} == {kept, other}
    for foreign in (gone.pk, kept.pk, passkey_mark(other)):
        assert client.get(f"/security/passkeys/{foreign}/remove").status_code == 404
    assert Line.objects.filter(event=Event.SECOND_FACTOR_REMOVED, about=researcher.id).count() == 1


def test_a_lost_factor_is_reset_by_another_administrator_with_their_own(
    administrator: Staff, researcher: Staff
) -> None:
    client, victim = door.let_in(administrator), door.let_in(researcher)
    address = f"/accounts/{researcher.id}/second-step"
    assert client.get(address).headers["Location"].startswith("/sign-in/again")
    client.post(f"/sign-in/again?next={address}", {"code": door.code()})
    answer = client.post(address, {"checked": IdentityCheck.VIDEO.value, "is_sure": "on"})
    assert answer.headers["Location"] == f"/accounts/{researcher.id}"
    assert victim.get("/study/").status_code == 404
    assert not access.has_second_factor(researcher.id)
    assert not get_user_model().objects.get(id=researcher.id).has_usable_password()
    line = Line.objects.get(event=Event.SECOND_FACTOR_RESET)
    assert (line.about, line.by, line.detail) == (researcher.id, administrator.id, {"checked": "video"})
    assert line.at == ANY


def test_nobody_resets_their_own_factor(administrator: Staff) -> None:
    client = door.let_in(administrator)
    address = f"/accounts/{administrator.id}/second-step"
    client.post(f"/sign-in/again?next={address}", {"code": door.code()})
    assert client.post(address, {"checked": "video", "is_sure": "on"}).status_code == 422
    assert access.has_second_factor(administrator.id)


def test_last_in_is_told_by_the_installations_clock(administrator: Staff) -> None:
    day = datetime(2017, 4, 28, 10, 0, tzinfo=UTC)
    actions.set_clock(day - timezone.now(), at=day, agent="test")
    client = door.walk_in(administrator)
    last_in = access.one(administrator.id).last_in_at
    assert last_in is not None
    assert abs(last_in - day) < timedelta(minutes=5)
    assert "28 April 2017" in client.get(f"/accounts/{administrator.id}").content.decode()
