"""People on record: encrypted, found by exact value alone, one NHS number each."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from handrail.domain.death import DeathPutRight
from handrail.domain.person import Contact
from handrail.domain.refusal import Conflict, NotFound, Refused
from handrail.domain.words import Because, Event, Role
from handrail.records.audit.actions import note
from handrail.records.people import actions, facts
from handrail.records.people.models import Death, Person
from tests.records.told import told
from tests.river import AT, BY
from tests.synthetic import person

pytestmark = pytest.mark.django_db


def register(serial: int = 1, **changes: object) -> UUID:
    return actions.register(person(serial, **changes), by=BY, at=AT)


def stored() -> bytes:
    """Every byte that the people's table holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person")
        return b"|".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for row in cursor.fetchall()
            for value in row
        )


def test_a_person_is_kept_and_read_back_whole() -> None:
    with told(Event.PERSON_ADDED):
        person_id = register(1)
    known, given = facts.person(person_id), person(1)
    assert (known.given_name, known.surname, known.born_on) == (
        given.given_name,
        given.surname,
        given.born_on,
    )
    assert (known.nhs_number, known.contact, known.died_on) == (given.nhs_number, given.contact, None)


def test_nothing_that_identifies_stands_in_the_table_in_the_clear() -> None:
    register(1, contact=Contact("a@example.org", "020 7946 0001", "1 High Street", "N1 1AA"))
    kept = stored().lower()
    for clear in (
        "synthetic",
        "person 1",
        "1980-01",
        person(1).nhs_number,
        "a@example.org",
        "7946",
        "high",
        "n1 1aa",
    ):
        assert clear.encode() not in kept


def test_equal_values_do_not_look_alike() -> None:
    register(1, surname="Same")
    register(2, surname="Same")
    with connection.cursor() as cursor:
        cursor.execute("SELECT surname FROM people_person")
        values = [bytes(value) for (value,) in cursor.fetchall()]
    assert len(values) == 2 and values[0] != values[1]


def test_one_nhs_number_is_one_person() -> None:
    register(1)
    with pytest.raises(Conflict), told():
        register(2, nhs_number=person(1).nhs_number)
    number = person(1).nhs_number
    assert facts.by_nhs_number(f"{number[:3]} {number[3:6]} {number[6:]}") == facts.by_nhs_number(number)
    assert facts.by_nhs_number(person(3).nhs_number) is None


def test_an_incomplete_person_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(Refused) as refused, told():
        register(1, surname="")
    assert [reason.code for reason in refused.value.reasons] == [Because.NAME_MISSING]
    assert facts.by_nhs_number(person(1).nhs_number) is None


def test_an_email_that_two_people_share_names_neither() -> None:
    one = register(1, contact=Contact(email="Home@example.org"))
    assert facts.by_email(" home@EXAMPLE.org") == one
    register(2, contact=Contact(email="home@example.org"))
    assert facts.by_email("home@example.org") is None
    assert facts.by_email("") is None


def test_a_telephone_number_that_two_people_share_names_neither() -> None:
    one = register(1, contact=Contact(telephone="07700 900123"))
    assert facts.by_telephone("+44 7700 900123") == one
    register(2, contact=Contact(telephone="+447700900123"))
    assert facts.by_telephone("07700 900123") is None
    assert facts.by_telephone("") is None


def test_the_same_contact_again_is_confirmed_and_a_new_one_counts_as_confirmed_too() -> None:
    person_id = register(1)
    assert facts.person(person_id).contact_confirmed_by is None
    for contact, event in [
        (person(1).contact, Event.CONTACT_CONFIRMED),
        (Contact(telephone="020 7946 0002"), Event.CONTACT_CHANGED),
    ]:
        with told(event):
            actions.change_contact(person_id, contact, by=BY, at=AT)
        kept = facts.person(person_id)
        assert (kept.contact, kept.contact_confirmed_by, kept.contact_confirmed_at) == (contact, BY, AT)


def test_masked_staff_who_confirm_a_contact_again_are_not_named_for_it_until_they_change_it() -> None:
    from tests.pages import door

    manager, researcher = (door.make_staff(role).id for role in (Role.TRIAL_MANAGER, Role.RESEARCHER))
    person_id, other = register(1), Contact(telephone="020 7946 0002")

    def confirmed_by(contact: Contact, by: UUID) -> UUID | None:
        actions.change_contact(person_id, contact, by=by, at=AT)
        return facts.person(person_id).contact_confirmed_by

    assert confirmed_by(person(1).contact, researcher) == researcher
    assert confirmed_by(person(1).contact, manager) == manager
    assert confirmed_by(person(1).contact, researcher) == manager
    assert confirmed_by(other, researcher) == researcher


def test_masked_staff_who_put_a_postal_address_right_take_nothing_away() -> None:
    from tests.pages import door

    manager, researcher = (door.make_staff(role).id for role in (Role.TRIAL_MANAGER, Role.RESEARCHER))
    person_id = register(1, contact=Contact("own@example.org", "+44 7700 900123", "1 Old Street", "ZZ9"))
    actions.change_contact(person_id, facts.person(person_id).contact, by=manager, at=AT)
    moved = Contact("Own@example.org", "07700 900123", "2 New Street", "ZZ8")
    with told(Event.CONTACT_CHANGED):
        actions.change_contact(person_id, moved, by=researcher, at=AT)
    kept = facts.person(person_id)
    assert (kept.contact, kept.contact_confirmed_by) == (moved, manager)
    assert kept.is_contact_confirmed_unmasked
    actions.change_contact(person_id, Contact("other@example.org"), by=researcher, at=AT)
    assert not facts.person(person_id).is_contact_confirmed_unmasked


def test_contact_is_replaced_whole_and_needs_one_way() -> None:
    person_id = register(1)
    with told(Event.CONTACT_CHANGED):
        actions.change_contact(person_id, Contact(telephone="020 7946 0002"), by=BY, at=AT)
    assert facts.person(person_id).contact == Contact(telephone="020 7946 0002")
    assert facts.by_email(person(1).contact.email) is None
    assert facts.person(person_id).surname == person(1).surname
    with pytest.raises(Refused), told():
        actions.change_contact(person_id, Contact(), by=BY, at=AT)


def test_a_death_is_recorded_and_can_be_put_right() -> None:
    person_id = register(1)
    for died_on, why in ((date(2014, 6, 1), None), (date(2014, 5, 30), DeathPutRight.RECORDS_DIFFER)):
        with told(Event.DEATH_RECORDED):
            actions.record_death(person_id, died_on, why=why, by=BY, at=AT)
        assert facts.deaths([person_id]) == {person_id: died_on}
    with pytest.raises(Refused), told():
        actions.record_death(person_id, date(2014, 6, 3), by=BY, at=AT)


def test_a_death_is_put_right_only_with_a_reason_and_a_difference() -> None:
    person_id, day = register(1), date(2014, 6, 1)
    actions.record_death(person_id, day, by=BY, at=AT)
    for died_on, why, because in (
        (date(2014, 5, 30), None, Because.NO_REASON_GIVEN),
        (day, DeathPutRight.TYPED_WRONGLY, Because.NOTHING_DIFFERS),
    ):
        with pytest.raises(Refused) as refused, told():
            actions.record_death(person_id, died_on, why=why, by=BY, at=AT)
        assert [reason.code for reason in refused.value.reasons] == [because]


def test_every_day_of_death_ever_recorded_is_kept_and_none_can_be_changed() -> None:
    person_id, hour = register(1), timedelta(hours=1)
    first, second = date(2014, 6, 1), date(2014, 5, 30)
    typed, other = DeathPutRight.TYPED_WRONGLY, DeathPutRight.ANOTHER_PERSON
    actions.record_death(person_id, first, by=BY, at=AT)
    actions.record_death(person_id, second, why=typed, by=BY, at=AT + hour)
    actions.take_back_death(person_id, why=other, by=BY, at=AT + 2 * hour)
    kept = [(one.died_on, one.why, one.recorded_at) for one in facts.death_records(person_id)]
    assert kept == [(None, other, AT + 2 * hour), (second, typed, AT + hour), (first, None, AT)]
    assert set(Death.objects.values_list("recorded_by", flat=True)) == {BY}
    for change in (lambda: Death.objects.update(died_on=None), lambda: Death.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_death_recorded_before_deaths_had_a_table_gets_its_row_from_the_ledger_once() -> None:
    hour = timedelta(hours=1)
    told_before, told_since, alive = (register(serial) for serial in (1, 2, 3))
    with transaction.atomic():  # as it was done then: the day beside the person, and a line
        Person.objects.filter(id=told_before).update(died_on=date(2014, 5, 30))
        for at in (AT, AT + hour):
            note(Event.DEATH_RECORDED, about=told_before, by=BY, at=at)
    actions.record_death(told_since, date(2014, 6, 1), by=BY, at=AT)
    step = import_module("handrail.records.people.migrations.0005_deaths_told_before_are_kept_too")
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(step.SQL)
    kept = [(one.died_on, one.why, one.recorded_at) for one in facts.death_records(told_before)]
    assert kept == [(date(2014, 5, 30), None, AT + hour)]
    assert set(Death.objects.values_list("recorded_by", flat=True)) == {BY}
    assert (len(facts.death_records(told_since)), facts.death_records(alive)) == (1, ())
    actions.take_back_death(told_before, why=DeathPutRight.ANOTHER_PERSON, by=BY, at=AT + 2 * hour)
    assert [one.died_on for one in facts.death_records(told_before)] == [None, date(2014, 5, 30)]


def test_a_death_recorded_by_mistake_is_taken_back_once() -> None:
    person_id = register(1)
    actions.record_death(person_id, date(2014, 6, 1), by=BY, at=AT)
    with told(Event.DEATH_TAKEN_BACK):
        actions.take_back_death(person_id, why=DeathPutRight.ANOTHER_PERSON, by=BY, at=AT)
    assert facts.person(person_id).died_on is None
    with pytest.raises(Refused) as refused, told():
        actions.take_back_death(person_id, why=DeathPutRight.ANOTHER_PERSON, by=BY, at=AT)
    assert [reason.code for reason in refused.value.reasons] == [Because.NOT_RECORDED_DEAD]


def test_nobody_by_that_id_is_not_found() -> None:
    nobody = UUID(int=0)
    assert facts.people([nobody]) == {}
    for act in (
        lambda: facts.person(nobody),
        lambda: actions.change_contact(nobody, Contact(telephone="1"), by=BY, at=AT),
        lambda: actions.record_death(nobody, date(2014, 6, 1), by=BY, at=AT),
        lambda: actions.take_back_death(nobody, why=DeathPutRight.ANOTHER_PERSON, by=BY, at=AT),
    ):
        with pytest.raises(NotFound):
            act()
