"""Bad inputs by number: what is sent, where it goes, and for what is no input, which test holds it."""

from typing import Final

from tests.hostile.texts import ADDRESSES, CHARACTERS, FLOODS, MARKUP

LADDER: Final = " ".join("`" * n for n in range(1, 400))

TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "B005": ("a\u0008\u001b[31mb\u0085", CHARACTERS["controls"], CHARACTERS["null character"]),
    "B010": (CHARACTERS["decomposed"], "M\u00e1laga"),
    "B013": ("user\u202egpj.exe", "\u202eDESREVER"),
    "B014": ("\u2066\u2067abc",),
    "B015": (CHARACTERS["other script"],),
    "B016": (CHARACTERS["zero width"], CHARACTERS["nothing to see"]),
    "B021": (CHARACTERS["beyond the first plane"],),
    "B022": (CHARACTERS["line ends"],),
    "B047": ("=1\t-9999999999999", "=-1", "@@ -1,9999999999 +1 @@"),
    "B050": (
        # One text, of two lines here.
        (
            "<font color=\"[[[getattr(pow,Word('__globals__'))['os'].system('touch /tmp/PWNED') for Word in "
            "[orgTypeFun('Word',(str,),{})]]] and 'red'\">x</font>"
        ),
    ),
    "B051": ('<img src="http://169.254.169.254/latest/meta-data/" width="10" height="10"/>',),
    "B052": ('<img src="/etc/passwd"/>', "file:///proc/self/environ"),
    "B054": ('<a href="file:///etc/passwd">x</a>', '<a href="\\\\\\\\evil\\\\s">'),
    "B056": ('<onDraw name="f" label="x"/>', '<index item="a" name="b"/> <seq id="s"/>'),
    "B058": (MARKUP["entities"],),
    "B059": (MARKUP["deep markup"],),
    "B060": (MARKUP["end of a PDF string"],),
    "B086": (MARKUP["script"], MARKUP["template"]),
    "B087": (MARKUP["script link"],),
    "B089": (MARKUP["picture elsewhere"],),
    "B091": (MARKUP["end of a change"], MARKUP["end of a field"], MARKUP["end of an attribute"]),
    "B093": (MARKUP["formula"], "+1", "-1", "@SUM(A1)", CHARACTERS["tab before a formula"], "|calc"),
    "B102": ("\u212aelvin", "/a-", "/a45"),
    "B148": (MARKUP["line of a log"], "\x1b[2J"),
    "B153": ("' OR 1=1--", "title;drop table agendas", "%_\\", "NEAR(", '"unterminated'),
}
"""What goes into every field of text of every operation and form."""

TOO_MUCH: Final[dict[str, tuple[str, ...]]] = {
    "B018": (FLOODS["accents"],),
    "B028": (FLOODS["one word"],),
    "B029": (FLOODS["one paragraph"],),
    "B030": (FLOODS["line breaks"],),
    "B032": ("\n".join(f"line {n}" for n in range(200)),),
    "B045": ("".join(f"{n}\n" for n in range(100_000)),),
    "B090": (FLOODS["brackets"], ">" * 20_000, FLOODS["stars"], LADDER),
}
"""What goes there as well, and is too much."""

MAILBOXES: Final[dict[str, tuple[str, ...]]] = {
    "B011": ("\uff41dmin@city.example", "\ufb01nance@city.example"),
    "B095": (
        "a@x.example,b@evil.example",
        "a@x.example\nBcc: b@evil.example",
        '"a@x.example"@evil.example',
        "a@[127.0.0.1]",
    ),
}
"""What is not the address of one person."""

LINKS: Final[dict[str, tuple[str, ...]]] = {
    "B087": ADDRESSES,
    "B152": ("file:///etc/passwd", "gopher://127.0.0.1/", "http://[::ffff:127.0.0.1", "https://localhost:x/"),
}
"""What is not an address that evidence can be found at."""

TIMES: Final[dict[str, tuple[str, ...]]] = {
    "B140": ("2026-03-29T02:30", "2026-03-29T02:30:00", "2026-03-29T23:59:60Z", "2026-03-29T24:00:00Z"),
    "B141": (
        "0000-00-00",
        "9999-12-31T23:59:59.999999999Z",
        "10000-01-01",
        "-1",
        "0001-01-01T00:00:00+14:00",
    ),
}
"""What is neither a day nor a moment that a meeting can have."""

BODIES: Final[dict[str, tuple[bytes, ...]]] = {
    "B001": (b'{"text":"\xff\xfe"}',),
    "B003": (rb'{"text":"\udc00\ud800"}',),
    "B008": (b'{"text":"\xc0\xaf"}',),
    "B023": (b'{"text":"' + b"x" * 10_000_000 + b'"}',),
    "B027": (b'{"n":NaN}', b'{"n":Infinity}', b'{"n":1e400}'),
    "B046": (rb'{"text":"a\ud800b"}',),
    "B107": (b'{"text":"a","text":"b","state":"published","organisation_id":"other"}',),
}
"""What is no body of any operation."""

PARTS_OF_ADDRESSES: Final[dict[str, tuple[str, ...]]] = {
    "B008": ("%c0%af", "..%2f..%2fetc%2fpasswd"),
    "B009": ("%ff%fe", "%00", "%ed%a0%80"),
    "B038": ("1000000", "-1", "0", "1e9", "%3Cscript%3E"),
    "B102": ("%E2%84%AA",),
    "B153": ("%27%20OR%201%3D1--", "title%3Bdrop", "%25_%5C", "NEAR(", "%22unterminated"),
}
"""What comes as a parameter, or in place of an id."""

HEADS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "B096": (
        ("Host", "evil.example"),
        ("X-Forwarded-Host", "evil.example"),
        ("Forwarded", "host=evil.example"),
    ),
    "B099": (("Host", "127x0x0x1"),),
    "B105": (
        ("Origin", "https://127x0.0.1"),
        ("Origin", "https://127.0.0.1.evil.example"),
        ("Origin", "null"),
        ("Origin", "http://[::1"),
    ),
    "B121": (
        ("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJmYWNpbGl0eSJ9."),
        ("Authorization", "Bearer eyJhbGciOiJIUzI1NiIsImp3ayI6e319.e30.AA"),
        ("Authorization", "Bearer eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYm9yayJdfQ.e30.AA"),
    ),
}
"""What comes as a header, and must not be believed."""

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "B078": ("../../etc/cron.d/x", "..%2f..%2f", "C:\\x", "\u2025/", "/abs", "a\0.pdf", "CON.txt"),
    "B079": ('a"%0D%0ASet-Cookie: x=1.pdf', "\u202efdp.exe"),
}
"""Names of files that are handed in."""

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "B007": ("application/json; charset=utf-16", "application/xml", "application/x-www-form-urlencoded"),
    "B103": ("text/plain", "text/plain; charset=utf-8"),
}
"""What a body says of itself that none of ours is."""

ELSEWHERE: Final[dict[str, tuple[str, ...]]] = {
    "B033": ("hostile/test_floods.py::test_flooded_upload_is_refused",),
    "B034": ("hostile/test_floods.py::test_flooded_upload_is_refused",),
    "B036": (
        "hostile/test_floods.py::test_flood_of_headers_is_refused",
        "hostile/test_floods.py::test_flood_of_parameters_is_survived",
    ),
    "B037": ("hostile/test_deeds.py::test_bodies_that_come_slowly_keep_nobody_waiting",),
    "B041": (
        "hostile/test_deeds.py::test_words_that_share_nothing_are_compared_alike_each_time",
        "domain/text/test_align.py::test_changes_beyond_the_bound_are_cut_where_the_content_says",
    ),
    "B042": ("hostile/test_deeds.py::test_words_that_share_nothing_are_compared_alike_each_time",),
    "B043": ("domain/text/test_recover.py::test_a_flood_of_rewritten_blocks_is_not_compared_each_with_each",),
    "B049": (
        "web/test_crowds.py::test_a_paragraph_that_two_hundred_amend_is_shown_at_once",
        "web/test_crowds.py::test_of_two_hundred_amendments_to_a_paragraph_each_is_told_and_none_is_merged",
    ),
    "B061": ("hostile/test_files.py::test_paper_that_was_tampered_with_is_never_valid",),
    "B064": ("adapters/test_verifying.py::test_a_paper_that_was_tampered_with_is_told_as_what_it_is",),
    "B065": ("adapters/test_verifying.py::test_a_paper_that_was_tampered_with_is_told_as_what_it_is",),
    "B066": ("hostile/test_files.py::test_paper_that_was_tampered_with_is_never_valid",),
    "B067": ("hostile/test_files.py::test_paper_that_was_tampered_with_is_never_valid",),
    "B068": ("adapters/pdf/test_render.py::test_hostile_text_is_printed_as_text",),
    "B072": ("hostile/test_files.py::test_table_that_is_none_is_refused",),
    "B074": ("hostile/test_files.py::test_table_that_is_none_is_refused",),
    "B075": ("hostile/test_files.py::test_table_that_is_none_is_refused",),
    "B080": ("hostile/test_floods.py::test_file_that_is_no_paper_is_told_so",),
    "B082": ("hostile/test_files.py::test_table_that_is_none_is_refused",),
    "B083": ("hostile/test_files.py::test_paper_that_keeps_its_reader_busy_is_given_up",),
    "B084": (
        "hostile/test_floods.py::test_file_that_is_no_paper_is_told_so",
        "hostile/test_files.py::test_table_that_is_none_is_refused",
    ),
    "B097": (
        "workflows/test_links.py::test_looking_at_a_link_uses_nothing_up",
        "workflows/test_links.py::test_a_link_lets_its_person_in_once",
        "workflows/test_links.py::test_a_link_works_until_its_time_is_over",
        "web/test_links.py::test_a_link_in_a_mail_leads_in_by_a_button",
    ),
    "B098": ("hostile/test_corpus.py::test_way_back_leads_nowhere_else",),
    "B101": (
        "domain/test_access.py::test_whoever_has_a_network_of_addresses_is_counted_once",
        "workflows/test_links.py::test_twenty_links_in_an_hour_are_enough_for_a_network",
    ),
    "B108": (
        "hostile/test_deeds.py::test_what_is_others_to_do_is_refused",
        "domain/test_permissions.py::test_who_may_do_what_in_which_phase_is_what_the_table_says",
    ),
    "B109": (
        "web/test_no_oracle.py::test_hidden_things_look_like_unknown_ones_to_everyone_else",
        "workflows/test_recommendations.py::test_a_hidden_draft_cannot_be_told_from_none",
    ),
    "B111": (
        "hostile/test_deeds.py::test_what_is_others_to_do_is_refused",
        "workflows/test_sessions.py::test_nobody_ends_the_session_of_another",
    ),
    "B112": ("hostile/test_deeds.py::test_what_is_others_to_do_is_refused",),
    "B114": ("hostile/test_deeds.py::test_what_is_others_to_do_is_refused",),
    "B116": ("workflows/test_accounts.py::test_who_comes_by_a_provider_confirms_what_binds_all_the_same",),
    "B117": ("workflows/test_mandates.py::test_a_delegation_ends_on_its_day_with_its_source_and_by_hand",),
    "B118": (
        "domain/test_mandates.py::test_what_was_passed_on_or_is_not_in_force_is_not_passed_on",
        "workflows/test_mandates.py::test_a_lent_mandate_is_not_lent_on_and_lends_no_more_than_it_says",
        "workflows/test_positions.py::test_an_organisation_has_one_voice",
    ),
    "B119": ("workflows/test_editions.py::test_who_assembled_an_edition_does_not_approve_it",),
    "B121": ("workflows/test_accounts.py::test_a_token_that_the_provider_did_not_sign_is_not_believed",),
    "B122": (
        "workflows/test_accounts.py::test_a_token_that_says_otherwise_is_not_believed",
        "workflows/test_accounts.py::test_two_providers_are_not_mixed_up",
        "workflows/test_accounts.py::test_an_answer_is_taken_once",
        "workflows/test_accounts.py::test_an_answer_is_taken_in_the_browser_that_asked",
        "workflows/test_accounts.py::test_an_account_is_never_known_by_its_mail_address",
    ),
    "B123": (
        "web/test_access.py::test_signing_in_anew_ends_the_session_before",
        "web/test_access.py::test_signing_out_ends_the_session",
        "web/test_links.py::test_a_session_planted_before_is_not_the_one_that_opens",
        # One name, of two lines here.
        (
            "workflows/test_confirmations.py::"
            "test_a_link_confirms_what_its_session_asked_for_and_gives_it_a_new_secret"
        ),
    ),
    "B126": (
        "web/test_headers.py::test_every_answer_of_every_route_carries_the_headers",
        "hostile/test_deeds.py::test_secret_of_a_link_stands_in_no_log",
    ),
    "B129": (
        "workflows/test_races.py::test_two_workers_publish_an_edition_once",
        "reliability/test_races.py::test_two_who_act_at_once_leave_what_some_order_explains",
    ),
    "B130": ("workflows/test_editions.py::test_editions_are_numbered_and_the_next_prints_what_stands_then",),
    "B132": ("reliability/test_races.py::test_two_who_act_at_once_leave_what_some_order_explains",),
    "B134": (
        "api/test_attempts.py::test_a_key_is_for_one_request",
        "api/test_attempts.py::test_a_key_is_its_persons_own",
        "workflows/test_idempotency.py::test_a_request_that_comes_while_the_first_is_running_takes_no_effect",
    ),
    "B135": (
        "api/test_attempts.py::test_a_request_sent_again_answers_with_the_same_thing",
        "reliability/test_crashes.py::test_nothing_acknowledged_is_lost_and_nothing_is_done_twice",
    ),
    "B136": ("app/test_failpoints.py::test_an_edition_survives_a_worker_that_is_killed",),
    "B137": ("store/test_uow.py::test_a_database_that_fails_is_told_as_such_and_nothing_is_written",),
    "B138": ("api/test_problems.py::test_a_busy_service_says_when_to_come_back",),
    "B143": ("store/test_auditing.py::test_whatever_is_changed_is_found_by_one_checkpoint_that_was_kept",),
    "B144": ("store/test_auditing.py::test_whatever_is_changed_is_found_by_one_checkpoint_that_was_kept",),
    "B146": ("hostile/test_files.py::test_receipt_that_proves_nothing_is_never_valid",),
    "B147": ("hostile/test_files.py::test_receipt_that_proves_nothing_is_never_valid",),
    "B150": (
        "domain/test_commitments.py::test_a_commitment_is_the_salted_hash_that_anyone_can_make_again",
        "workflows/test_erasure.py::test_nothing_is_left_of_a_person_and_every_proof_still_holds",
    ),
    "B152": (
        "hostile/test_deeds.py::test_webhook_into_a_house_is_refused",
        "adapters/test_calling.py::test_host_that_leads_inside_by_any_of_its_addresses_is_not_called",
        "adapters/test_calling.py::test_redirect_is_not_followed",
    ),
}
"""What is no words or body but a file, or a thing that happens, and the tests that send it or let it happen."""

NOT_YET: Final[dict[str, str]] = {
    "B070": "Not tried: no certificate ends in a test, as those of the demonstration last for twenty-five years.",
    "B151": "Nobody takes away in a file what is known of them: the page of one's own shows it, and only that.",
}
"""What cannot be sent or happen, because there is no such thing to send it to; a reason for each."""

EVERY: Final = frozenset(
    f"B{n:03}"
    for n in (
        1, 3, 5, 7, 8, 9, 10, 11, 13, 14, 15, 16, 18, 21, 22, 23, 27, 28, 29, 30, 32, 33, 34, 36, 37, 38, 41, 42,
        43, 45, 46, 47, 49, 50, 51, 52, 54, 56, 58, 59, 60, 61, 64, 65, 66, 67, 68, 70, 72, 74, 75, 78, 79, 80, 82,
        83, 84, 86, 87, 89, 90, 91, 93, 95, 96, 97, 98, 99, 101, 102, 103, 105, 107, 108, 109, 111, 112, 114, 116,
        117, 118, 119, 121, 122, 123, 126, 129, 130, 132, 134, 135, 136, 137, 138, 140, 141, 143, 144, 146, 147,
        148, 150, 151, 152, 153,
    )
)  # fmt: skip
