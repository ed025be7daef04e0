"""A link by e-mail to choose a password: the first one, or another for one that was forgotten."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from engagement.accounts.models import User
from engagement.core.mail import NOWHERE

pytestmark = pytest.mark.django_db
ASK = "/accounts/password/link/"
NEW = "Kettle-Harbour-29"


@pytest.fixture
def toni() -> User:
    """As the administrator makes an account: with an address and without a password."""
    user = User(username="toni", email="toni@example.org", first_name="Toni")
    user.set_unusable_password()
    user.save()
    return user


def ask(email: str, **extra: Any) -> Any:
    return Client(**extra).post(ASK, {"email": email}, follow=True)


def link() -> str:
    (sent,) = mail.outbox
    (line,) = [line for line in str(sent.body).splitlines() if "/accounts/password/" in line]
    return line


def test_somebody_without_a_password_chooses_one_and_signs_in(toni: User, settings: Any) -> None:
    settings.SITE_URL = "https://engagement.example.org"
    assert "a link to choose a password is on its way" in ask("TONI@example.org").text
    assert mail.outbox[0].to == ["toni@example.org"] and "“toni”" in str(mail.outbox[0].body)
    assert link().startswith("https://engagement.example.org/accounts/password/"), "whatever host was asked"
    address, visitor = link().removeprefix(settings.SITE_URL), Client()
    page = visitor.get(address, follow=True)
    assert "For the account “toni”" in page.text and "no-store" in page["Cache-Control"]
    form = page.redirect_chain[-1][0]
    assert "This password is too short" in visitor.post(form, {"new_password1": "x", "new_password2": "x"}).text
    done = visitor.post(form, {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert "Your password was set. Sign in as toni." in done.text
    again = visitor.post(form, {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert (again.status_code, "It was carried out once." in again.text) == (200, True), "two clicks are one"
    assert Client().post(form, {"new_password1": NEW, "new_password2": NEW}).status_code == 410
    assert visitor.login(username="toni", password=NEW)
    used = Client().get(address)
    assert used.status_code == 410 and "Get another link" in used.text


def test_nobody_learns_who_has_an_account(toni: User) -> None:
    known = ask("toni@example.org").text
    toni.is_active = False
    toni.save()
    mail.outbox.clear()
    for email in ("toni@example.org", "nobody@example.org"):
        assert ask(email).text.replace(email, "toni@example.org").count("is on its way to it") == known.count(
            "is on its way to it"
        )
    assert mail.outbox == [], "neither to an account that was deactivated"


def test_an_address_gets_three_links_at_most(toni: User) -> None:
    said = [ask("toni@example.org").status_code for _number in range(4)]
    assert said == [200, 200, 200, 429] and len(mail.outbox) == 3


def test_what_is_no_address_is_told_beside_the_field() -> None:
    assert "Enter the e-mail address of your account." in ask("").text
    assert "Enter a whole e-mail address" in ask("toni").text
    assert mail.outbox == []


def test_without_a_mail_server_the_page_says_whom_to_ask(toni: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = NOWHERE
    assert "Ask your administrator for a password." in Client().get(ASK).text
    assert "Ask your administrator for a password." in ask("toni@example.org").text


def test_the_sign_in_page_leads_there() -> None:
    assert f'href="{ASK}"' in Client().get("/accounts/login/").text
