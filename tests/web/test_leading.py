"""The desk of whoever leads a round, and reminding those who are silent."""

from datetime import timedelta

from service.domain.phases import Phase
from service.workflows import agendas
from tests.builders import ASK, a_comment, an_amendment, consolidated, creation, decided
from tests.web.visitors import Site
from tests.worlds import World


def test_the_desk_says_what_closes_when_what_waits_and_who_is_silent(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/desk"
    assert f'href="{path}"' in facility.opens(f"/agendas/{world.agenda}").html
    assert "No amendment has been tabled yet." in facility.opens(path).words
    for member, who in zip(world.cities[:2], ("two contacts", "an officer"), strict=True):
        an_amendment(world, by=member, edit={"ask": ASK.replace("a contact", who)})
    later = (site.house.clock.moment + timedelta(days=3)).replace(hour=17)
    move = agendas.Reschedule(world.agenda, Phase.AMENDING, later, "So.")
    agendas.reschedule(world.acting(world.facility), move)
    words = facility.opens(path).words
    told = (
        "“Amendments” closes on Thursday 8 January, 18:00 in Brussels, in 3 days;",
        "then “Consolidation” opens by itself.",
        "3 organisations have not answered",
        "2 amendments collide",
        "Invite 6 persons",
        "3 organisations that are asked now have not answered. Dawa EU Delegation to Arendia Kesi",
        "2 of 2 amendments are still open. 2 collide with others.",
        "Name cities as partners",
    )
    assert [sentence for sentence in told if sentence not in words] == []


def test_a_reminder_is_shown_before_it_goes_out_and_then_told(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/reminder"
    page = facility.opens(path)
    assert ("Remind 5 persons?" in page.words, "Amara’s person English" in page.words) == (True, True)
    sent = facility.sends(path, page.fields())
    assert "5 persons are being reminded." in facility.opens(sent.lands_on).words
    again = facility.sends(path, page.fields())
    assert (again.status, "They were reminded within the last day." in again.words) == (409, True)
    assert "the next reminder can go out from" in facility.opens(path).words
    assert "The next reminder can go out from" in facility.opens(f"/agendas/{world.agenda}/desk").words


def test_in_other_phases_nobody_is_silent(site: Site, world: World) -> None:
    world.move(Phase.CONSOLIDATION)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}"
    assert "The organisations are asked for nothing in this phase." in facility.opens(f"{path}/desk").words
    assert "There is nobody to remind" in facility.opens(f"{path}/reminder").words
    world.in_phase(Phase.FOLLOW_UP)
    words = facility.opens(f"{path}/desk").words
    assert ("“Follow-up” is the last phase." in words, "Nothing waits for you." in words) == (True, True)


def test_the_desk_is_the_facilitys(site: Site, world: World) -> None:
    paths = [f"/agendas/{world.agenda}/{name}" for name in ("desk", "reminder")]
    assert [site.acting(world.rapporteur).opens(path).status for path in paths] == [403, 403]
    assert [site.visitor.opens(path).status for path in paths] == [401, 401]


def test_each_count_of_the_desk_leads_to_exactly_what_it_counts(site: Site, world: World) -> None:
    first = an_amendment(world)
    for member, who in zip(world.cities[1:3], ("two contacts", "an officer"), strict=True):
        an_amendment(world, by=member, edit={"ask": ASK.replace("a contact", who)})
    a_comment(world)
    world.move(Phase.CONSOLIDATION)
    decided(world, first)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}"
    desk = facility.opens(f"{path}/desk")
    told = {
        "Have 2 amendments decided": f"{path}/review",
        "3 amendments collide": f"{path}/review?colliding=yes&amp;state=any",
        "Have 1 accepted amendment worked in": f"{path}/review?not_worked_in=yes",
        "1 comment waits for an answer": f"{path}/open-comments",
    }
    assert [words for words, there in told.items() if f'href="{there}">{words}<' not in desk.html] == []
    listed = [facility.opens(there.replace("&amp;", "&")).words for there in told.values()]
    counted = [
        f"{count} fit{'' if count.endswith('s') else 's'} what you chose." if "change" in count else count
        for count in ("2 changes", "3 changes", "1 change", "1 comment waits for an answer.")
    ]
    assert [count for count, words in zip(counted, listed, strict=True) if count not in words] == []
    assert f'href="{path}/open-comments?recommendation={world.recommendation}">1<' in desk.html


def test_what_is_part_of_the_text_waits_no_more_to_be_worked_in(site: Site, world: World) -> None:
    decided(world, an_amendment(world))
    consolidated(world)
    page = site.acting(world.facility).opens(f"/agendas/{world.agenda}/review?not_worked_in=yes")
    assert "0 changes fit what you chose." in page.words


def test_the_desk_of_a_new_round_asks_who_takes_part_and_has_the_tools_in_one_row(
    site: Site, world: World
) -> None:
    agenda = agendas.create(world.acting(world.facility), creation())
    page = site.acting(world.facility).opens(f"/agendas/{agenda}/desk")
    assert (
        f'href="/agendas/{agenda}/participants/import">Nobody takes part yet: import who does<' in page.html
    )
    row = page.html.partition('<ul class="tabs"')[2].partition("</ul>")[0]
    tools = ("/publication", "/lessons/shortlist", "/evidence/claims", "/webhooks", "/open-comments")
    named = [f"/agendas/{agenda}{tool}" for tool in tools] + ["/mail", "/jobs", "/keys"]
    assert [there for there in named if f'href="{there}"' not in row] == []


def test_the_menu_leads_whoever_runs_or_reviews_a_round_there_and_nobody_else(
    site: Site, world: World
) -> None:
    def doors(page: str) -> list[bool]:
        menu = page.partition('<nav aria-label="Main">')[2].partition("</nav>")[0]
        return [f'href="/agendas/{world.agenda}/{name}"' in menu for name in ("desk", "review")]

    path = f"/agendas/{world.agenda}/positions"
    readers = (world.facility, world.rapporteur, world.service, world.cities[0])
    found = [doors(site.acting(one).opens(path).html) for one in readers]
    assert found == [[True, True], [False, True], [False, True], [False, False]]
    assert doors(site.visitor.opens(path).html) == [False, False]
