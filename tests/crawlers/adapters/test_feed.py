"""What feeds say, and how their faults are named."""

from __future__ import annotations

import gzip

import pytest

from clearinghouse.errors import BadBodyError
from clearinghouse.ingest.harvest import ILL_FORMED, TRUNCATED, merely_ill_formed
from crawlers.adapters.feed import Feed, recognise
from crawlers.source import Page, Parsed, Posting

URL = "https://jobs.example/rss"


def read(body: str | bytes, url: str = URL, content_type: str = "application/rss+xml") -> Parsed:
    data = body.encode() if isinstance(body, str) else body
    return Feed(URL).parse(Page(url, data, headers={"content-type": content_type}))


def rss(item: str, declaration: str = "") -> str:
    return f'{declaration}<rss version="2.0"><channel><title>Jobs</title><item>{item}</item></channel></rss>'


def only(parsed: Parsed) -> Posting:
    (posting,) = parsed.postings
    return posting


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "an empty body"),
        (b" \r\n\t", "an empty body"),
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "an HTML page, not a feed"),
        (b"<!-- 503 -->\n<HTML><head></head></HTML>", "an HTML page, not a feed"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "an HTML page, not a feed"),
        (b'{"error": "not found"}', "JSON, not a feed"),
        (b"Service unavailable", "plain text, not a feed"),
        (b"<source><job><title>x</title></job></source>", "XML with root <source>, not a feed"),
        (b"<jobs/>", "XML with root <jobs>, not a feed"),
        (b"<feed><job/></feed>", "XML with root <feed>, not a feed"),
        (b"%PDF-1.4 ...", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"PK\x03\x04rest", "a zip file or Office document"),
        (b"\x01\x02\x00\x03binary", "binary data"),
        (gzip.compress(rss("").encode(), mtime=0)[:-9], "gzip data that ends early"),
        (b"\x1f\x8b\x08\x00broken beyond repair", "damaged gzip data"),
    ],
)
def test_a_body_that_is_no_feed_is_named_for_what_it_is(body: bytes, what: str) -> None:
    with pytest.raises(BadBodyError) as caught:
        read(body)
    assert caught.value.reason.startswith(what)
    assert caught.value.url == URL


@pytest.mark.parametrize(
    "body",
    [
        '<rss version="2.0"><channel><title>Jobs</title><item><title>One</title></item><item><title>Tw',
        '<rss version="2.0"><channel><title>Jobs</title><item><title>One</title></item><item><title>Two</title>',
        '<rss version="2.0"><channel><title>Jobs</title><item><title>One</title></item>',
        '<rss version="2.0"><channel><title>Jobs</title><item><title>One</title></item></channel></rs',
        '<rss version="2.0"><channel><item><title>One</title></item><item><description><![CDATA[<p>cut',
        '<rss version="2.0"><channel><item><title>One</title></item><item><description><![CDATA[ends </rss> so',
        '<rss version="2.0"><channel><item><title>One</title></item></channel></rss><item><title>Two',
    ],
)
def test_a_feed_whose_root_never_closes_is_cut_short_and_its_unfinished_entry_left_out(body: str) -> None:
    parsed = read(body)
    assert [posting.title for posting in parsed.postings] == ["One"]
    assert parsed.shortfall is not None
    assert parsed.shortfall.startswith(TRUNCATED)
    assert not merely_ill_formed(parsed.shortfall)


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("<title>Cooks &nbsp;&amp; cleaners</title>", "Cooks & cleaners"),
        ("<title>Research & Development</title>", "Research & Development"),
        ("<title>Under <5 years</title>", "Under <5 years"),
        ("<title>Bell\x07 ringer</title>", "Bell ringer"),
        ("<title>Clerk</title><job:salary>£1</job:salary>", "Clerk"),
        ("<title>Clerk</title><description><b>bold</i></description>", "Clerk"),
        ("<title>Clerk</title><description>a <b: x='1'>b</b:><c:1/></description>", "Clerk"),
        ("<title>Guard &#0;&bogus;</title>", "Guard \ufffd&bogus;"),
        ("<title lang=en>Clerk</title>", "Clerk"),
        ("<title>Clerk ]]> of works</title>", "Clerk ]]> of works"),
    ],
)
def test_an_ill_formed_feed_is_read_whole_and_said_to_be_ill_formed(item: str, title: str) -> None:
    parsed = read(rss(item))
    assert only(parsed).title == title
    assert parsed.shortfall is not None
    assert parsed.shortfall.startswith(ILL_FORMED)
    assert merely_ill_formed(parsed.shortfall)


STRAY = "<item><title>B</title><job:record><advert><p>Run</b></p></advert><closing>1 May</closing></job:record></item>"


def test_stray_end_tags_in_one_entry_lose_no_other() -> None:
    items = "<item><title>A</title></item>" + STRAY * 3 + "<item><title>C</item><item><title>D</title></item>"
    parsed = read(f'<rss xmlns:job="urn:x"><channel xml:base="https://b.example/">{items}</channel></rss>')
    assert [posting.title for posting in parsed.postings] == ["A", "B", "B", "B", "C", "D"]
    assert [posting.closes for posting in parsed.postings] == [None, "1 May", "1 May", "1 May", None, None]
    assert merely_ill_formed(parsed.shortfall or "")


def test_a_warning_printed_before_the_feed_is_stepped_over_and_said() -> None:
    parsed = read("<br/><b>Warning</b>: late\n" + rss("<title>Clerk</title>", '<?xml version="1.0"?>'))
    assert only(parsed).title == "Clerk"
    assert merely_ill_formed(parsed.shortfall or "")


@pytest.mark.parametrize("junk", ["<script>count()</script>", "<br />\n<b>Warning</b>: late", "late"])
def test_what_is_printed_after_the_feed_is_no_part_of_it(junk: str) -> None:
    parsed = read(rss("<title>Clerk</title>") + junk)
    assert only(parsed).title == "Clerk"
    assert merely_ill_formed(parsed.shortfall or "")


def test_an_entry_in_a_comment_is_none_even_where_the_feed_is_ill_formed() -> None:
    parsed = read(rss("<title>Cook & clerk</title><!-- <item><title>Old</title></item> -->"))
    assert only(parsed).title == "Cook & clerk"


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel><title>Jobs</title></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"/>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel/></rdf:RDF>',
        '\ufeff\r\n<?xml version="1.0"?><!-- none --><rss><channel/></rss><!-- 0.01 s -->\n',
    ],
)
def test_a_feed_without_entries_is_complete_and_empty(body: str) -> None:
    assert read(body) == Parsed()


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "iso-8859-1", ""),
        ("utf-8", "utf-16", ""),
        ("utf-8", "", "text/xml; charset=iso-8859-1"),
        ("cp1252", "utf-8", ""),
        ("cp1252", "utf-8", "application/xml; charset=utf-8"),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "", "text/xml; charset=windows-1252"),
        ("cp1252", "", ""),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "", ""),
        ("utf-8-sig", "", ""),
        ("utf-32", "", ""),
    ],
)
def test_pounds_and_accents_survive_whatever_the_charset_is_said_to_be(
    encoding: str, declared: str, header: str
) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    parsed = read(rss("<title>Café £5 – now</title>", declaration).encode(encoding), content_type=header)
    assert only(parsed).title == "Café £5 – now"
    assert parsed.shortfall is None


def test_a_stray_byte_in_good_utf_8_is_read_as_windows_1252() -> None:
    assert (
        only(read(b"<rss><channel><item><title>\xc2\xa35 or \xa36</title></item></channel></rss>")).title == "£5 or £6"
    )


@pytest.mark.parametrize("name", ["base64", "punycode", "unicode_escape", "zip", "nonsense", "idna"])
def test_a_declared_charset_that_is_none_is_ignored(name: str) -> None:
    body = rss("<title>\xa35</title>", f'<?xml version="1.0" encoding="{name}"?>').encode("cp1252")
    assert only(read(body)).title == "£5"


def test_a_gzipped_feed_is_unpacked_whatever_its_headers_say() -> None:
    body = rss("<title>Clerk</title>").encode()
    assert only(read(gzip.compress(body))).title == "Clerk"
    assert only(read(gzip.compress(body[:30]) + gzip.compress(body[30:]) + b"\0\0")).title == "Clerk"


def test_an_entity_of_the_documents_own_is_never_expanded_nor_fetched() -> None:
    dtd = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    assert only(read(rss("<title>x &b; &f;</title>", dtd))).title == "x &b; &f;"


@pytest.mark.parametrize(
    ("guid", "reference", "url"),
    [
        ('<guid isPermaLink="false">AB-1</guid>', "AB-1", None),
        ("<guid>AB-1</guid>", "AB-1", None),
        ("<guid>https://jobs.example/1</guid>", None, "https://jobs.example/1"),
        ('<guid isPermaLink="true">https://jobs.example/1</guid>', None, "https://jobs.example/1"),
        ('<guid isPermaLink="false">https://jobs.example/?p=1</guid>', "https://jobs.example/?p=1", None),
        ("<guid>  </guid>", None, None),
    ],
)
def test_a_guid_is_the_reference_unless_it_is_a_permanent_link(
    guid: str, reference: str | None, url: str | None
) -> None:
    posting = only(read(rss(f"<title>Clerk</title>{guid}")))
    assert (posting.reference, posting.url) == (reference, url)


@pytest.mark.parametrize(
    ("link", "base", "expected"),
    [
        ("/jobs/1", URL, "https://jobs.example/jobs/1"),
        ("/jobs/1", "about:blank", None),
        ("//cdn.example/1", "about:blank", None),
        ("https://x.example/1", "about:blank", "https://x.example/1"),
        ("\n  https://x.example/1\n", URL, "https://x.example/1"),
        ("www.x.example/1", "about:blank", "http://www.x.example/1"),
        ("javascript:alert(1)", URL, None),
        ("mailto:jobs@x.example", URL, None),
        ("https://[bad/1", URL, None),
        ("&lt;a href='https://x.example/1'&gt;", URL, None),
        ("https://x.example/a b", URL, "https://x.example/a%20b"),
    ],
)
def test_links_are_absolute_http_ones_or_unknown(link: str, base: str, expected: str | None) -> None:
    assert only(read(rss(f"<title>Clerk</title><link>{link}</link>"), url=base)).url == expected


def test_a_feed_over_several_parts_names_the_next_and_states_its_total() -> None:
    parsed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/">'
        '<o:totalResults>240</o:totalResults><link rel="next" href="?page=2"/></feed>'
    )
    assert parsed.stated_total == 240
    assert [(follow.url, follow.role) for follow in parsed.follows] == [("https://jobs.example/rss?page=2", "listing")]


def test_a_repeated_update_leaves_the_posting_as_it_was() -> None:
    entry = "<entry><id>x</id><title>Clerk</title><updated>{}</updated></entry>"
    bodies = [
        f'<feed xmlns="http://www.w3.org/2005/Atom">{entry.format(day)}</feed>' for day in ("2026-01-01", "2026-01-02")
    ]
    first, second = (only(read(body)) for body in bodies)
    assert first.digest() == second.digest()
    assert first.posted is None


@pytest.mark.parametrize(
    ("description", "field", "value"),
    [
        ("Salary: £1 an hour", "salary", "£1 an hour"),
        ("<b>Salary :</b> £1 an hour<br>", "salary", "£1 an hour"),
        ("<table><tr><td>Salary</td><td>£1 an hour</td></tr></table>", "salary", "£1 an hour"),
        ("<tr><th>Closing date:</th><td>4 May</td></tr>", "closes", "4 May"),
        ("<dl><dt>Closing date &amp; time</dt><dd>4 May, noon</dd></dl>", "closes", "4 May, noon"),
        ("<p>Great team.</p><h3>Closing date:</h3><p>4 May</p>", "closes", "4 May"),
        ("<p>Closing Date – 4 May</p>", "closes", "4 May"),
        ("Hours: 37 | Reference: AB1", "reference", "AB1"),
        ("Location: Arnold, Notts, Closing Date: 4 May; Hours: 37", "locations", ("Arnold, Notts",)),
        ("Location: Arnold, Notts, Closing Date: 4 May; Hours: 37", "closes", "4 May"),
        ("<li>Contract type: Permanent</li>", "employment_type", "Permanent"),
        ("<li>Location(s): Arnold ,Hucknall</li>", "locations", ("Arnold", "Hucknall")),
        ("<p>Salary:</p><p>Hours: 37</p>", "salary", None),
        ("<tr><td>Salary</td><td>£1</td><td>Hours</td><td>37</td></tr>", "salary", "£1"),
        ("<tr><td>Salary</td><td>£1</td><td>Hours</td><td>37</td></tr>", "hours", "37"),
        ("<tr><th>Salary</th><th>Hours</th></tr><tr><td>£1</td><td>37</td></tr>", "salary", None),
    ],
)
def test_facts_printed_in_a_description_are_read(description: str, field: str, value: object) -> None:
    posting = only(read(rss(f"<title>Clerk</title><description><![CDATA[{description}]]></description>")))
    assert getattr(posting, field) == value


def test_facts_are_read_from_the_summary_beside_the_whole_advert() -> None:
    whole = "<content:encoded>&lt;p&gt;All&lt;/p&gt;</content:encoded>"
    posting = only(read(rss(f"<description>Closing date: 4 May</description>{whole}")))
    assert (posting.closes, posting.description_html) == ("4 May", "<p>All</p>")


def test_a_prose_description_gives_no_facts_away_by_its_colons() -> None:
    text = "Note: bring a pen. Our values: kindness<br>The salary: who knows what it will be<br>Type: unusual"
    posting = only(read(rss(f"<title>Clerk</title><description><![CDATA[{text}]]></description>")))
    assert (posting.salary, posting.employment_type) == (None, None)


@pytest.mark.parametrize(
    "root",
    [
        'rss version="2.0" xmlns="http://backend.userland.com/rss2"',
        'rss version="2.0" xmlns="http://council.example/its-own"',
        'rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"',
        'rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"',
    ],
)
def test_a_feeds_own_elements_are_known_in_every_vocabulary_of_rss(root: str) -> None:
    item = "<item><title>Clerk</title><link>https://jobs.example/1</link><description>File.</description></item>"
    posting = only(read(f"<{root}><channel><title>Jobs</title></channel>{item}</{root.split(maxsplit=1)[0]}>"))
    assert posting == Posting(title="Clerk", url="https://jobs.example/1", description_html="File.")


@pytest.mark.parametrize(
    "links",
    [
        '<link rel="Alternate" href="/1"/>',
        '<link rel="http://www.iana.org/assignments/relation/alternate" href="/1"/>',
        '<link type="application/json" href="/1.json"/><link type="text/html" href="/1"/><link rel="edit" href="/e"/>',
    ],
)
def test_an_entrys_address_is_that_of_its_page(links: str) -> None:
    entry = f"<entry><title>Clerk</title>{links}</entry>"
    assert only(read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>')).url == "https://jobs.example/1"


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("Teacher &lt;maternity cover&gt;", "Teacher <maternity cover>"),
        ("Planner &amp;lt;Level 3&amp;gt; &lt;em&gt;urgent&lt;/em&gt;", "Planner <Level 3> urgent"),
        ("&lt;![CDATA[x]]&gt;", "<![CDATA[x]]>"),
        ("&lt;o:p&gt;Clerk&lt;/o:p&gt;", "Clerk"),
        ("Da\0ta Officer", "Data Officer"),
    ],
)
def test_only_markup_is_taken_off_a_title(title: str, read_as: str) -> None:
    assert only(read(rss(f"<title>{title}</title>"))).title == read_as


def test_places_told_in_parts_stay_apart() -> None:
    place = (
        "<j:location><j:name>{}</j:name><j:address>1 High St</j:address><j:zip>{}</j:zip><j:id>9</j:id></j:location>"
    )
    both = place.format("Clinic A", "NG1 1AA") + place.format("Clinic B", "NG18 1AB")
    posting = only(read(rss(f"<title>Clerk</title><j:locations xmlns:j='urn:j'>{both}</j:locations>")))
    assert posting.locations == ("Clinic A, 1 High St, NG1 1AA", "Clinic B, 1 High St, NG18 1AB")
    assert (posting.reference, posting.extra) == (None, {})


def test_what_is_told_under_a_second_name_is_kept_beside() -> None:
    first = "<contractType>Permanent</contractType><salary>£1</salary><location>Arnold</location>"
    second = "<jobType>Full Time</jobType><payScale>G5</payScale><site>Depot</site><vTitle>Clerk</vTitle>"
    posting = only(read(rss(f"<title>Clerk</title>{first}{second}")))
    assert (posting.employment_type, posting.salary) == ("Permanent, Full Time", "£1")
    assert (posting.locations, posting.extra) == (("Arnold",), {"payScale": "G5", "site": "Depot"})


def test_an_employer_told_in_parts_is_its_name() -> None:
    employer = "<employer><id>7</id><name>Anytown Trust</name></employer><salary><text>Band 3</text></salary>"
    posting = only(read(rss(f"<title>Clerk</title>{employer}")))
    assert (posting.employer, posting.salary, posting.reference) == ("Anytown Trust", "Band 3", None)


def test_html_that_was_never_escaped_is_a_description_whole() -> None:
    words = '<p>Run <br> the <b>desk & more &pound;9</p><a href="/a?b=1&c=2">x</a>'
    parsed = read(rss(f"<description>{words}</description><closingDate>1 May</closingDate><title>Clerk</title>"))
    posting = only(parsed)
    assert posting.description_html == (
        '<p>Run <br> the <b>desk &amp; more £9</p><a href="https://jobs.example/a?b=1&c=2">x</a>'
    )
    assert (posting.title, posting.closes, merely_ill_formed(parsed.shortfall or "")) == ("Clerk", "1 May", True)


@pytest.mark.parametrize(("items", "said"), [(1, "with 1 entry"), (2, "with 2 entries"), (0, "with 0 entries")])
def test_a_claim_counts_its_entries_in_words(items: int, said: str) -> None:
    body = (
        f'<rss version="2.0"><channel><title>Jobs</title>{"<item><title>Clerk</title></item>" * items}</channel></rss>'
    )
    claim = recognise(Page(URL, body.encode()))
    assert claim is not None
    assert claim.why == f"a news feed (RSS or Atom) {said}"


CLOSING = (
    "<item><title>Sorry, this service is closing soon</title><description>Use our new service.</description></item>"
)
NONE_AT_PRESENT = "<item><title>Vacancies</title><description>There are currently no vacancies.</description></item>"
FILLED = "<item><title>This vacancy has been filled</title><link>https://jobs.anytown.example/7</link></item>"
CLERK = "<item><title>Clerk</title></item>"


@pytest.mark.parametrize(
    ("items", "titles", "total"),
    [
        (NONE_AT_PRESENT, [], 0),
        (NONE_AT_PRESENT + CLERK, ["Vacancies", "Clerk"], None),  # ingest refuses the first, and says so
        (CLOSING + CLERK, ["Sorry, this service is closing soon", "Clerk"], None),
        (FILLED, ["This vacancy has been filled"], None),
    ],
)
def test_a_feed_that_only_says_there_are_no_vacancies_has_none(
    items: str, titles: list[str], total: int | None
) -> None:
    parsed = read(f'<rss version="2.0"><channel><title>Jobs</title>{items}</channel></rss>')
    assert ([posting.title for posting in parsed.postings], parsed.stated_total) == (titles, total)


def test_a_service_that_is_closing_is_no_list_without_vacancies() -> None:
    with pytest.raises(BadBodyError, match="no vacancies, but a notice: 'Sorry, this service is closing soon'"):
        read(f'<rss version="2.0"><channel><title>Jobs</title>{CLOSING}</channel></rss>')


def test_dublin_core_s_coverage_is_the_place() -> None:
    item = '<title><a href="/offre/1">Clerk</a></title><dc:coverage>NICE</dc:coverage>'
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    posting = only(read(f'<rss version="2.0" {dc}><channel><title>Jobs</title><item>{item}</item></channel></rss>'))
    assert (posting.title, posting.locations) == ("Clerk", ("NICE",))
