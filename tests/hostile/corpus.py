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

ELSEWHERE: Final[dict[str, tuple[str, ...]]] = {
    "B007": ("hostile/test_bodies.py::test_body_of_another_kind_is_refused",),
    "B033": ("hostile/test_floods.py::test_flooded_upload_is_refused",),
    "B034": ("hostile/test_floods.py::test_flooded_upload_is_refused",),
    "B036": (
        "hostile/test_floods.py::test_flood_of_headers_is_refused",
        "hostile/test_floods.py::test_flood_of_parameters_is_survived",
    ),
    "B041": ("domain/text/test_align.py::test_changes_beyond_the_bound_are_cut_where_the_content_says",),
    "B042": ("domain/text/test_align.py::test_changes_beyond_the_bound_are_cut_where_the_content_says",),
    "B043": ("domain/text/test_recover.py::test_a_flood_of_rewritten_blocks_is_not_compared_each_with_each",),
    "B049": ("store/test_collisions.py::test_one_more_costs_as_many_statements_however_many_there_are",),
    "B061": ("adapters/test_verifying.py::test_bytes_behind_the_end_break_the_seal",),
    "B064": ("adapters/test_verifying.py::test_one_changed_bit_anywhere_is_never_valid",),
    "B065": ("adapters/test_verifying.py::test_one_changed_digit_of_a_signature_is_never_valid",),
    "B066": ("adapters/test_verifying.py::test_one_changed_bit_anywhere_is_never_valid",),
    "B067": ("adapters/test_verifying.py::test_a_file_without_its_seal_is_unsigned",),
    "B068": ("adapters/test_verifying.py::test_an_increment_that_changes_the_paper_breaks_it",),
    "B070": ("adapters/test_verifying.py::test_a_seal_without_its_archive_timestamp_cannot_be_judged",),
    "B080": ("hostile/test_floods.py::test_file_that_is_no_paper_is_told_so",),
    "B083": ("adapters/test_apart.py::test_a_file_that_takes_too_long_is_unknown",),
    "B084": ("hostile/test_floods.py::test_file_that_is_no_paper_is_told_so",),
    "B098": ("hostile/test_corpus.py::test_way_back_leads_nowhere_else",),
    "B103": ("hostile/test_bodies.py::test_body_of_another_kind_is_refused",),
    "B108": ("domain/test_permissions.py::test_who_may_do_what_in_which_phase_is_what_the_table_says",),
    "B109": ("workflows/test_recommendations.py::test_a_hidden_draft_cannot_be_told_from_none",),
    "B119": ("workflows/test_editions.py::test_who_assembled_an_edition_does_not_approve_it",),
    "B123": ("web/test_access.py::test_signing_in_anew_ends_the_session_before",),
    "B126": ("web/test_headers.py::test_every_answer_of_every_route_carries_the_headers",),
    "B129": ("reliability/test_races.py::test_two_who_act_at_once_leave_what_some_order_explains",),
    "B132": ("workflows/test_lessons.py::test_the_shared_list_holds_ten_and_no_more",),
    "B134": (
        "api/test_attempts.py::test_a_key_is_for_one_request",
        "api/test_attempts.py::test_a_key_is_its_persons_own",
    ),
    "B135": ("api/test_attempts.py::test_a_request_sent_again_answers_with_the_same_thing",),
    "B136": ("app/test_failpoints.py::test_an_edition_survives_a_worker_that_is_killed",),
    "B137": ("store/test_uow.py::test_a_database_that_fails_is_told_as_such_and_nothing_is_written",),
    "B138": ("api/test_problems.py::test_a_busy_service_says_when_to_come_back",),
}
"""What is no input but a thing that happens, and the tests that hold it."""

NOT_YET: Final[dict[str, str]] = {
    "B037": "Bodies that come slowly are not tried: waiting for them takes longer than a test may.",
    "B072": "No office documents are taken.",
    "B074": "No office documents are taken.",
    "B075": "No archives are taken.",
    "B082": "No pictures are taken.",
    "B097": "Nobody signs in by a link.",
    "B101": "There is no limit on rates.",
    "B111": "Sessions have no address of their own.",
    "B112": "Positions are taken without invitations.",
    "B114": "Nobody changes an e-mail address.",
    "B116": "Nobody signs in elsewhere.",
    "B117": "Mandates end by their date alone.",
    "B118": "Mandates are not passed on.",
    "B122": "Nobody signs in elsewhere.",
    "B130": "What is printed is the snapshot that was approved.",
    "B143": "There are no checkpoints.",
    "B144": "There are no checkpoints.",
    "B146": "There are no proofs.",
    "B147": "There are no proofs.",
    "B150": "The record has no commitments.",
    "B151": "Nobody exports what is known of them.",
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
