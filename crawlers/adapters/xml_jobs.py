"""XML that is one list of elements called `job`, their facts told by names: what job search engines take as feeds."""

from __future__ import annotations

from collections.abc import Iterator

from clearinghouse.errors import BadBodyError
from crawlers.adapters.records import read_record, record_of
from crawlers.adapters.xml_records import xml_list
from crawlers.adapters.xmltree import Tree, local
from crawlers.source import Page, Parsed, Posting


def read_jobs(page: Page, root: str, what: str, around: frozenset[str] = frozenset()) -> Parsed:
    """Each `job` as a Posting. Raises BadBodyError for a body with another root, or whose elements are no jobs.

    `around` are the elements that may stand beside the jobs, or, where there are none, in their stead.
    """
    tree = xml_list(page, root, what)
    postings = tuple(_postings(tree, page.url))
    names = {local(child.tag).lower() for child in tree.root} - {"job", "jobs"}
    if not postings and names - around and not tree.shortfall:
        raise BadBodyError(page.url, f"XML with root <{root}> without a job, not {what}")
    if postings and not any(posting.title for posting in postings):
        raise BadBodyError(page.url, f"XML with {len(postings)} elements <job> without a title, not {what}")
    return Parsed(postings=postings, shortfall=tree.shortfall)


def _postings(tree: Tree, base: str) -> Iterator[Posting]:
    for element in tree.elements("job"):
        if len(element) or element.attrib:
            yield read_record(record_of(element), base)
