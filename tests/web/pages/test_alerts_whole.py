"""One person's alerts from the list of jobs to the one click that stops them, through the site and the outbox."""

from __future__ import annotations

import datetime as dt
import re

import sqlalchemy as sa
from lxml import html
from smalltown import rich_draft

from clearinghouse.alerts.sending import send_due
from clearinghouse.mail.models import Mail, MailKind

DAY = dt.timedelta(days=1)
HERE = "http://127.0.0.1:8000"
LINK = re.compile(rf"{HERE}(/(?:link|alerts/stop)/[\w.-]+)")


def newest_mail(site) -> Mail:
    with site.town.store.reading() as session:
        return session.scalars(sa.select(Mail).order_by(Mail.id.desc()).limit(1)).one()


def deliver(site) -> None:
    with site.town.store.writing() as session:
        session.execute(sa.update(Mail).where(Mail.sent_at.is_(None)).values(sent_at=site.now))


def buttons(answer) -> list[str]:
    return html.fromstring(answer.text).xpath("//main//button/@value")


def test_from_the_list_to_the_mail_that_tells_of_a_new_job_and_the_click_that_stops_it(sqlite_site) -> None:
    site = sqlite_site
    old = site.town.add(rich_draft(title="Cook"))
    site.town.publish()
    visitor = site.client()
    here = visitor.app.state.site

    listed = html.fromstring(visitor.get("/vacancies?q=cook").text)
    (form,) = set(listed.xpath("//main//a[contains(., 'by email')]/@href"))
    (query,) = html.fromstring(visitor.get(form).text).xpath("//input[@name='search']/@value")
    sent = {"search": query, "email": "sam@example.org", "often": "daily"}
    assert visitor.post("/alerts/new", data=sent).headers["location"] == "/alerts/asked"
    here.asks.save(here.store, here.settings)

    (confirm,) = set(LINK.findall(newest_mail(site).text))
    deliver(site)
    assert buttons(visitor.get(confirm)) == ["confirm"]
    assert visitor.post(confirm, data={"do": "confirm"}).status_code == 303
    assert "Your search is on" in visitor.get(confirm).text

    site.now += DAY
    send_due(here.store, here.settings, site.now)
    assert newest_mail(site).kind is MailKind.ALERT_CONFIRM  # nothing is new
    new = site.town.add(rich_draft(title="Head Cook"), opens=site.now)
    site.town.add(rich_draft(title="Planner"), opens=site.now)
    site.town.publish(site.now)
    site.now += DAY
    send_due(here.store, here.settings, site.now)
    mail = newest_mail(site)
    assert (mail.kind, mail.to) == (MailKind.ALERT, "sam@example.org")
    assert f"{HERE}/vacancies/{new}" in mail.text
    assert (old in mail.text, "Planner" in mail.text) == (False, False)

    (one_click,) = LINK.findall(mail.headers["List-Unsubscribe"])
    links = set(LINK.findall(mail.text))
    assert one_click in links
    (manage,) = links - {one_click}
    assert "Your searches" in visitor.get(manage).text
    foreign = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    name, _, value = mail.headers["List-Unsubscribe-Post"].partition("=")
    assert visitor.post(one_click, data={name: value}, headers=foreign).status_code == 200
    assert "You have no search saved here" in visitor.get(manage).text

    site.town.add(rich_draft(title="Cook again"), opens=site.now)
    site.town.publish(site.now)
    site.now += DAY
    send_due(here.store, here.settings, site.now)
    assert newest_mail(site).id == mail.id
