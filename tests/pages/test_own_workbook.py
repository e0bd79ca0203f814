"""The person's workbook and plan as pages: what is written comes back and flows into the plan."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client

from handrail.domain.dates import in_words
from handrail.domain.workbook import LONGEST_LINE, LONGEST_WORDS
from handrail.exchange import workbook_file
from handrail.web.shared import clock
from tests import reading
from tests.later import ledger_lines, with_post, with_sessions
from tests.pages import door
from tests.reports import pdf_words
from tests.river import River

pytestmark = pytest.mark.django_db
PARTS = workbook_file.load()
OWN = ("/you/book", "/you/plan", "/you/plan/first", "/you/plan/card")


@pytest.fixture
def person(river: River) -> Client:
    return door.let_person_in(with_sessions(river).person_id)


def sent(**fields: object) -> dict[str, object]:
    """A form as the page sends it."""
    return {"request_key": str(uuid4()), **fields}


def seen(client: Client, path: str) -> str:
    """A page's own words, without its furniture and what only a screen reader says."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    main = re.sub(r'<span class="nhsuk-u-visually-hidden">[^<]*</span>', "", main)
    return unescape(re.sub(r"[ \t]*\n\s*", "\n", re.sub(r"<[^>]+>", "\n", main)))


def coping(client: Client, what: str = "A walk by the canal") -> str:
    """Keep one coping card. Returns: its number."""
    form = sent(what=what)
    assert client.post("/you/book/off_course/coping", form).status_code == 302
    return str(form["request_key"])


def test_every_question_of_every_part_opens_and_can_be_skipped(person: Client) -> None:
    for part in PARTS:
        answer = person.get(f"/you/book/{part.code}")
        assert answer.status_code == (302 if part.is_plan else 200)
        for question in part.fields:
            page = seen(person, f"/you/book/{part.code}/{question.code}")
            assert question.prompt in page and "Skip for now" in page
            assert "I am not sure yet" in page


def test_skipping_goes_from_question_to_question_and_writes_nothing(person: Client) -> None:
    path, steps = "/you/book/recovery/good_day", 0
    with ledger_lines() as lines:
        while path != "/you/book/recovery" and steps < 9:
            page, steps = person.get(path).content.decode(), steps + 1
            (path,) = re.findall(r'href="([^"]+)">Skip for now', page)
    assert steps == len(PARTS[0].fields) and lines == []


def test_an_answer_comes_back_and_leads_to_the_next_question(person: Client) -> None:
    form = sent(chosen=["A pet", "My home"], words="And my bike")
    answer = person.post("/you/book/recovery/matters", form)
    assert answer.headers["Location"] == "/you/book/recovery/good_at"
    page = person.get("/you/book/recovery/matters").content.decode()
    assert page.count("checked") == 2 and "And my bike" in page
    shown = seen(person, "/you/book/recovery")
    assert all(text in shown for text in ("A pet", "My home", "And my bike"))
    assert "In progress" in seen(person, "/you/book")


def test_a_part_is_done_for_now_only_when_the_person_says_so(person: Client) -> None:
    assert "I have done enough" not in seen(person, "/you/book/recovery")
    person.post("/you/book/recovery/good_day", sent(words="Sun"))
    person.post("/you/book/recovery", sent(is_done="on"))
    assert "Done for now" in seen(person, "/you/book")
    person.post("/you/book/recovery", sent())
    assert "Done for now" not in seen(person, "/you/book")


def test_a_card_goes_into_the_plan_by_one_tap_and_changes_there_with_it(person: Client) -> None:
    card = coping(person)
    page = person.get("/you/book/off_course/coping").content.decode()
    assert page.count("Put in my plan") == 1
    back = person.post("/you/plan/on_my_own/bring", sent(card=card, is_from_book="yes"))
    assert back.headers["Location"] == "/you/book/off_course/coping"
    assert "Put in my plan" not in seen(person, "/you/book/off_course/coping")
    assert "A walk by the canal" in seen(person, "/you/plan")
    person.post(f"/you/book/off_course/coping/{card}", sent(what="A swim"))
    assert "A swim" in seen(person, "/you/plan") and "canal" not in seen(person, "/you/plan")


def test_leaving_out_and_bringing_again_and_taking_away(person: Client) -> None:
    card = coping(person)
    for _ in range(2):
        assert person.post("/you/plan/on_my_own/bring", sent(card=card)).headers["Location"] == "/you/plan"
        page = person.get("/you/plan").content.decode()
        (link,) = re.findall(r"/you/plan/line/([0-9a-f-]{36})/out", page)
        assert "It stays in your workbook" in seen(person, f"/you/plan/line/{link}/out")
        person.post(f"/you/plan/line/{link}/out", sent())
        assert "canal" not in seen(person, "/you/plan")
    person.post("/you/plan/on_my_own/bring", sent(card=card))
    assert "out of your plan too" in seen(person, f"/you/book/off_course/coping/{card}/away")
    person.post(f"/you/book/off_course/coping/{card}/away", sent())
    assert "canal" not in seen(person, "/you/plan") + seen(person, "/you/book/off_course/coping")


def test_a_number_is_added_to_somebody_who_was_brought_into_the_plan(person: Client) -> None:
    form = sent(who="Winnie", relation="My neighbour", gives=["They listen", "We have fun"])
    person.post("/you/book/people_places/people", form)
    person.post("/you/plan/people_to_ask/bring", sent(card=form["request_key"]))
    page = person.get("/you/plan").content.decode()
    (link,) = set(re.findall(r"/you/plan/line/([0-9a-f-]{36})\"", page))
    shown = seen(person, f"/you/plan/line/{link}")
    assert "Telephone number" in shown and "Name or nickname" not in shown
    person.post(f"/you/plan/line/{link}", sent(telephone="020 7946 0001", asked="Yes"))
    assert "Telephone number: 020 7946 0001" in re.sub(r"\s+", " ", seen(person, "/you/plan"))
    assert "020 7946 0001" in seen(person, "/you/plan/card")


def test_signs_are_sorted_kind_by_kind_and_those_that_are_not_me_stay_out_of_the_plan(person: Client) -> None:
    path = "/you/book/early_signs/signs/sort/sleep"
    answer = person.post(path, sent(sign_0="Like me", sign_1="Not me"))
    assert answer.headers["Location"].endswith("/sort/thinking")
    person.post(path, sent(sign_0="Sometimes", sign_1="Not me"))
    assert person.get(path).content.decode().count("checked") == 2
    listed = [one for one in seen(person, "/you/book/early_signs/signs").split("\n") if one]
    assert listed[listed.index("I sleep much more") + 1] == "Not me"
    part = seen(person, "/you/book/early_signs")
    assert "I sleep much less" in part and "I sleep much more" not in part
    assert "I sleep much more" not in seen(person, "/you/plan/my_signs/bring")
    assert (
        person.post("/you/book/early_signs/signs/sort/with-others", sent())
        .headers["Location"]
        .endswith("/signs")
    )
    assert person.get("/you/book/early_signs/signs/sort/nothing").status_code == 404


def test_a_first_meeting_makes_the_least_that_is_useful_on_one_page(person: Client) -> None:
    assert "Start my plan" in seen(person, "/you/plan")
    form = sent(
        people_to_ask_1_who="Winnie",
        people_to_ask_1_telephone="020 7946 0001",
        people_to_ask_2_who="Jo",
        people_to_ask_3_who="Ade",
        on_my_own_1_what="A walk",
        on_my_own_2_what="The radio",
        on_my_own_3_what="Soup",
        next_step_1_what="Ring the gym",
        when_to_call="When I stop sleeping",
    )
    with ledger_lines() as lines:
        assert person.post("/you/plan/first", form).headers["Location"] == "/you/plan"
    assert [line.event for line in lines] == ["page_written"]
    plan, card = seen(person, "/you/plan"), seen(person, "/you/plan/card")
    for text in ("Winnie", "020 7946 0001", "Jo", "Ade", "A walk", "The radio", "Soup", "Ring the gym"):
        assert plan.count(text) == 1 and text in card
    assert "When I stop sleeping" in plan and "Start my plan" not in plan
    assert "first lines" in seen(person, "/you/plan/first")


def test_a_first_form_that_was_open_while_more_was_written_loses_nothing(person: Client) -> None:
    person.post("/you/plan/first", sent(on_my_own_1_what="A walk", when_to_call="When I stop eating"))
    late = sent(on_my_own_1_what="The radio", on_my_own_3_what="Soup", when_to_call="When I stop sleeping")
    person.post("/you/plan/first", late)
    plan = seen(person, "/you/plan")
    for text in ("A walk", "The radio", "Soup", "When I stop eating", "When I stop sleeping"):
        assert text in plan
    assert "Kept" not in seen(person, "/you/plan")
    person.post("/you/plan/first", sent())
    assert "Kept" not in seen(person, "/you/plan")


def test_words_that_stand_within_other_words_are_kept_too_and_too_many_come_back(person: Client) -> None:
    person.post("/you/plan/first", sent(when_to_call="When I stop sleeping"))
    person.post("/you/plan/first", sent(when_to_call="sleep"))
    kept = "When I stop sleeping\nsleep"
    assert kept in unescape(person.get("/you/plan").content.decode())
    person.post("/you/plan/first", sent(when_to_call="sleep"))
    assert f"{kept}\nsleep" not in unescape(person.get("/you/plan").content.decode())
    page = person.post("/you/plan/first", sent(when_to_call="y" * LONGEST_WORDS, next_step_1_what="Ring"))
    assert page.status_code == 200 and b"There is a problem" in page.content and b"yyyy" in page.content
    assert b'value="Ring"' in page.content


def test_a_number_without_a_name_is_asked_about_and_everything_typed_comes_back(person: Client) -> None:
    form = sent(people_to_ask_2_telephone="020 7946 0002", on_my_own_3_what="Soup")
    page = person.post("/you/plan/first", form).content.decode()
    assert "Whose number is this?" in page and "020 7946 0002" in page and "Soup" in page


def test_what_was_changed_somewhere_else_is_shown_before_it_is_replaced(person: Client) -> None:
    path = "/you/book/recovery/good_day"
    (mark,) = re.findall(r'name="seen" value="([^"]*)"', person.get(path).content.decode())
    person.post(path, sent(words="Written on my phone", seen=mark))
    page = person.post(path, sent(words="Written on my tablet", seen=mark)).content.decode()
    assert "Written on my phone" in page and "Written on my tablet" in page and "There is a problem" in page
    (mark,) = re.findall(r'name="seen" value="([^"]*)"', page)
    assert person.post(path, sent(words="Written on my tablet", seen=mark)).status_code == 302
    assert "Written on my tablet" in seen(person, "/you/book/recovery")


def test_a_card_that_was_taken_away_meanwhile_is_kept_anew(person: Client) -> None:
    card = coping(person)
    person.post(f"/you/book/off_course/coping/{card}/away", sent())
    assert person.get(f"/you/book/off_course/coping/{card}").status_code == 404
    person.post(f"/you/book/off_course/coping/{card}", sent(what="A swim"))
    assert "A swim" in seen(person, "/you/book/off_course/coping")


def test_not_sure_is_kept_under_a_question_of_cards_and_taken_back(person: Client) -> None:
    path = "/you/book/plan/people_to_ask"
    person.post(path, sent(is_unsure="yes"))
    assert "I am sure now" in seen(person, path) and "I am not sure yet" in seen(person, "/you/plan")
    person.post(path, sent(is_unsure="no"))
    assert "I am not sure yet" not in seen(person, "/you/plan")


def test_a_choice_can_be_taken_back(person: Client) -> None:
    form = sent(what="Tea", how_long="I have 2 minutes")
    person.post("/you/book/off_course/coping", form)
    path = f"/you/book/off_course/coping/{form['request_key']}"
    assert "Leave this empty" in seen(person, path)
    person.post(path, sent(what="Tea", how_long=""))
    assert "checked" not in person.get(path).content.decode()


def test_a_reworded_sign_stays_in_its_writers_words_when_it_is_sorted_again(person: Client) -> None:
    path = "/you/book/early_signs/signs"
    person.post(f"{path}/sort/sleep", sent(sign_0="Like me"))
    (card,) = set(re.findall(rf'href="{path}/([0-9a-f-]{{36}})"', person.get(path).content.decode()))
    person.post(f"{path}/{card}", sent(sign="I sleep under four hours", pile="Like me", when="Late"))
    person.post(f"{path}/sort/sleep", sent(sign_0="Sometimes"))
    page = person.get(f"{path}/{card}").content.decode()
    assert "I sleep under four hours" in page and page.count("checked") == 2
    assert person.get(f"{path}/sort/sleep").content.decode().count("checked") == 1


def test_two_boxes_with_the_same_words_both_stand_in_the_plan(person: Client) -> None:
    person.post("/you/book/plan/people_to_ask", sent(who="Help", say="Help"))
    assert "What I will say: Help" in re.sub(r"\s+", " ", seen(person, "/you/plan"))


def test_numbers_in_the_plan_are_called_by_one_tap(person: Client) -> None:
    person.post("/you/book/plan/people_to_ask", sent(who="Winnie", telephone="+44 (0)20 7946-0001"))
    person.post("/you/book/plan/people_to_ask", sent(who="Jo", telephone="ask Winnie"))
    page = person.get("/you/plan").content.decode()
    assert 'href="tel:+4402079460001"' in page and page.count('href="tel:') - page.count('href="tel:1') >= 1
    assert "ask Winnie" in page and "tel:ask" not in page


def test_what_looks_back_is_not_shown_unasked(person: Client) -> None:
    person.post("/you/book/moving_on/happened", sent(words="A hard night"))
    part = seen(person, "/you/book/moving_on")
    assert "You have written here." in part and "A hard night" not in part
    assert "A hard night" in person.get("/you/book/moving_on/happened").content.decode()


def test_the_plan_says_whose_it_is_and_one_spoilt_page_does_not_close_it(person: Client) -> None:
    from handrail.records.workbook.models import Page

    coping(person)
    person.post("/you/book/plan/home", sent(words="The cat"))
    assert "no service has agreed to it" in seen(person, "/you/plan")
    assert "cannot be opened" not in seen(person, "/you/plan")
    Page.objects.update(words=b"spoilt")
    assert "cannot be opened here just now" in seen(person, "/you/plan")
    assert "A walk by the canal" in seen(person, "/you/book/off_course/coping")


def test_a_form_sent_twice_makes_one_card(person: Client) -> None:
    form = sent(what="Tea")
    for _ in range(2):
        person.post("/you/book/off_course/coping", form)
    assert seen(person, "/you/book/off_course/coping").count("\nTea\n") == 1


def test_what_is_too_long_or_not_on_the_list_is_refused_and_what_was_typed_comes_back(person: Client) -> None:
    page = person.post("/you/book/recovery/good_day", sent(words="y" * (LONGEST_WORDS + 1))).content.decode()
    assert "There is a problem" in page and "yyyy" in page
    page = person.post("/you/book/off_course/coping", sent(what="z" * (LONGEST_LINE + 1))).content.decode()
    assert "There is a problem" in page and "zzzz" in page
    page = person.post("/you/book/off_course/coping", sent(what="Tea", how_long="For ever")).content.decode()
    assert "There is a problem" in page and "Tea" in page
    for boxes in ({"what": " "}, {"how_long": "I have 2 minutes"}):
        page = person.post("/you/book/off_course/coping", sent(**boxes)).content.decode()
        assert "Write a few words first." in page


def test_nothing_opens_that_is_not_there(person: Client) -> None:
    card = coping(person)
    for path in (
        "/you/book/nothing",
        "/you/book/recovery/nothing",
        "/you/book/recovery/good_day/sort/sleep",
        f"/you/book/recovery/good_at/{card}",
        f"/you/book/off_course/coping/{uuid4()}",
        f"/you/plan/line/{uuid4()}",
        "/you/plan/nothing/bring",
        f"/you/book/recovery/good_day/{card}/away",
        f"/you/book/off_course/worse/{card}/away",
    ):
        assert person.get(path).status_code == 404, path
        if path.endswith("/away"):
            assert person.post(path, sent()).status_code == 404
    assert "A walk by the canal" in seen(person, "/you/book/off_course/coping")
    assert person.post("/you/plan/on_my_own/bring", sent(card="x")).status_code == 404
    assert person.post("/you/plan/on_my_own/bring", sent(card=str(uuid4()))).status_code == 404


def test_only_an_arm_that_opens_the_workbook_shows_any_of_it_or_the_way_there(river: River) -> None:
    paired, posted = with_sessions(river), with_post(river, first=60)
    here, there = door.let_person_in(paired.person_id), door.let_person_in(posted.person_id)
    for path in OWN:
        assert here.get(path).status_code == 200 and there.get(path).status_code == 404
    links = 'aria-label="Menu"'
    for path in ("/you/", "/help"):
        assert links in here.get(path).content.decode(), path
        assert links not in there.get(path).content.decode(), path


def test_the_plan_is_one_tap_away_from_every_page_of_the_workbook(person: Client) -> None:
    card = coping(person)
    paths = [*OWN, "/you/", "/you/choices", "/help", f"/you/book/off_course/coping/{card}"]
    for path in paths:
        head = person.get(path).content.decode().partition("<main")[0]
        assert 'href="/you/plan"' in head, path


def test_the_whole_workbook_goes_on_paper_in_ordinary_and_in_large_print_and_in_easy_words(
    person: Client,
) -> None:
    coping(person)
    assert "Large print" in seen(person, "/you/book/paper")
    sizes = {}
    for size in ("ordinary", "large", "easy"):
        answer = person.get(f"/you/book/paper/{size}")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "no-store" in answer.headers["Cache-Control"]
        pages = pdf_words.words(BytesIO(answer.content))
        assert all(one in "".join(pages) for one in ("Awalkbythecanal", "Syntheticpeople", "Call999"))
        sizes[size] = len(pages)
    assert sizes["large"] > sizes["ordinary"]
    assert person.get("/you/book/paper/huge").status_code == 404


def _echo(page: str) -> str:
    """A page with what was picked from a list taken for an echo, and without the clock."""
    return re.sub(r": (Same as usual|A lot)\n", ": …\n", re.sub(r"at \d+:\d+[ap]m", "at …", page))


def test_two_different_words_change_nothing_but_the_echo(river: River) -> None:
    first, second = "Quite well, thank you", "I want to die"
    pages: dict[str, list[str]] = {first: [], second: []}
    for words, serial in ((first, 1), (second, 60)):
        client = door.let_person_in(with_sessions(river, first=serial).person_id)
        paths = [
            "/you/",
            *OWN,
            "/you/book/recovery",
            "/you/book/off_course/coping",
            "/you/plan/on_my_own/bring",
        ]
        person = client.post("/you/book/recovery/good_day", sent(words=words))
        coping(client, words)
        client.post("/you/book/plan/when_to_call", sent(words=words))
        client.post("/you/plan/first", sent(people_to_ask_1_who=words, next_step_1_what=words))
        client.post("/you/check-in/setting", sent(rhythm="weekly", sign_0=words))
        how = {first: "same", second: "a_lot"}[words]
        client.post("/you/check-in", sent(well=words, sign_0=how, words=words))
        paths += ["/you/check-in", "/you/check-in/done", "/you/check-in/setting", "/you/check-in/before"]
        paths += ["/you/sharing", "/you/sharing/new/plan"]
        pages[words] = [person.headers["Location"], *(seen(client, path) for path in paths)]
    ours = [re.sub(r"Hello .*", "Hello", _echo(page.replace(second, first))) for page in pages[second]]
    assert ours == [re.sub(r"Hello .*", "Hello", _echo(page)) for page in pages[first]]
    assert sum(first in page for page in pages[first]) >= 5


def test_each_page_suits_a_reading_age_of_nine_to_eleven(person: Client) -> None:
    coping(person)
    paths = ["/you/", "/you/stop", "/help", *OWN]  # what was agreed to stands elsewhere, word for word
    paths += ["/you/plan/on_my_own/bring", "/you/book/early_signs/signs/sort/feeling"]
    paths += ["/you/sharing", "/you/sharing/new/plan", "/you/check-in", "/you/check-in/done"]
    paths += ["/you/check-in/setting", "/you/check-in/before", "/you/own", "/you/own/delete"]
    paths += ["/you/own/delete/goals"]
    paths += [f"/you/book/{part.code}" for part in PARTS if not part.is_plan]
    paths += [f"/you/book/{part.code}/{one.code}" for part in PARTS for one in part.fields]
    hard = {}
    for path in paths:
        text = seen(person, path)
        longest = max(len(reading.words(one)) for one in reading.sentences([text]))
        if reading.grade([text]) > 6 or longest > 20:
            hard[path] = (round(reading.grade([text]), 1), longest)
    assert hard == {}


def test_a_paper_page_that_is_typed_in_says_so_wherever_it_is_read_by_its_writer(person: Client) -> None:
    answer, cards = "/you/book/recovery/good_day", "/you/book/off_course/coping"
    assert "typed it in" not in seen(person, answer) and "Type in a page from paper" in seen(person, answer)
    person.post(f"{answer}?paper=1", sent(words="Soup", is_paper="on", typed_with="Sam"))
    person.post(f"{cards}?paper=1", sent(what="Tea", is_paper="on"))
    person.post(cards, sent(what="Rest", is_paper="on", typed_with="Sam"))  # not asked: nothing is marked
    told = f"From paper, typed in with Sam on {in_words(clock.today())}"
    alone = told.replace(" with Sam", "")
    assert seen(person, "/you/book/recovery").count(told) == 1
    assert seen(person, "/you/book/off_course").count(alone) == seen(person, cards).count(alone) == 1
    text = person.get("/you/own/copy/text").content.decode()
    assert text.count(told) == text.count(alone) == 1
    person.post(answer, sent(words="Soup, hot", is_paper="on", typed_with="Jo"))
    assert "typed in with Jo on" in seen(person, "/you/book/recovery")
    person.post(answer, sent(words="Soup, hot", typed_with="Jo"))
    assert "From paper" not in seen(person, "/you/book/recovery")
