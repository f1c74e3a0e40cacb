"""Which guards keep the public pages and the sign-up honest? Each with its words, and the test that misses it."""

from __future__ import annotations

from tests.guards.guards import Guard

_WEB = "mailer/web"
_VIEW = "tests/unit/test_publicview.py"
_PUBLIC = "tests/integration/test_public_pages.py"
_SIGNING_UP = "tests/integration/test_signing_up_pages.py"
_NETWORKS = "tests/unit/test_networks.py"
_PREFERENCES = "tests/integration/test_preferences_page.py"
_METRICS = "tests/integration/test_metrics.py"
_ACTING = "tests/integration/test_action_page.py"

PAGE_GUARDS = (
    Guard(
        "a form of preferences with anything wrong stores nothing",
        "mailer/flows/preferring.py",
        "after = None if said.wrong else apply_wishes(",
        "after = apply_wishes(",
        (f"{_PREFERENCES}::test_a_form_with_one_wrong_field_stores_nothing_and_says_which",),
    ),
    Guard(
        "only the button saves preferences",
        f"{_WEB}/preferring.py",
        'if "save" not in fields.get("do", ()):',
        "if not fields:",
        (f"{_PREFERENCES}::test_a_post_that_saves_nothing_changes_nothing",),
    ),
    Guard(
        "a link to preferences ends",
        "mailer/core/dated_tokens.py",
        "PREFERENCES_LAST = timedelta(days=30)",
        "PREFERENCES_LAST = timedelta(days=300)",
        (f"{_PREFERENCES}::test_a_link_ends_after_thirty_days_and_says_where_a_new_one_comes_from",),
    ),
    Guard(
        "a pause that ends sooner lets go what it held",
        "mailer/adapters/store/preferring.py",
        "_move_held(connection, before, before.paused_until, after.paused_until or now, now)",
        "pass",
        (f"{_PREFERENCES}::test_a_pause_holds_the_alert_and_its_end_brings_it",),
    ),
    Guard(
        "somebody who erases themselves leaves nothing in the log",
        "mailer/adapters/store/preferring.py",
        "return Erasure(found, truncate_log(self._engine))",
        "return Erasure(found, False)",
        (f"{_PREFERENCES}::test_erasing_leaves_nothing_in_file_and_log",),
    ),
    Guard(
        "a page shows public targets alone",
        "mailer/core/publicview.py",
        "return target.public and (bool(country) or not target.mission_of)",
        "return bool(country) or not target.mission_of",
        (f"{_VIEW}::test_nothing_of_what_is_not_public_is_ever_shown",),
    ),
    Guard(
        "only public pickets are on pages, in mails and in files",
        "mailer/core/occasions.py",
        "(picket for picket in campaign.pickets if picket.public)",
        "campaign.pickets",
        (f"{_PUBLIC}::test_what_is_not_public_is_on_no_page",),
    ),
    Guard(
        "a campaign that was only rehearsed has no page",
        "mailer/core/publicview.py",
        "if began is None or began > now or not _has_public(published.campaign):",
        "if not _has_public(published.campaign):",
        (f"{_PUBLIC}::test_before_a_real_launch_there_is_no_page",),
    ),
    Guard(
        "no letter is shown once a campaign is no longer open",
        "mailer/core/publicview.py",
        "is_open = phase is Phase.OPEN",
        "is_open = True",
        (f"{_VIEW}::test_only_an_open_campaign_has_letters_and_pickets",),
    ),
    Guard(
        "a link that runs something is left out",
        "mailer/core/publicview.py",
        'tuple({"title": title, "url": url} for title, url in links if url)',
        'tuple({"title": title, "url": link.url} for (title, _), link in zip(links, campaign.links))',
        (f"{_VIEW}::test_only_pages_are_linked_to",),
    ),
    Guard(
        "the public address is never that of a request",
        f"{_WEB}/public.py",
        'return public + path if public else ""',
        'return (public or "https://evil.example") + path',
        (f"{_PUBLIC}::test_without_a_public_address_none_is_made_up",),
    ),
    Guard(
        "only a trusted proxy is believed",
        f"{_WEB}/networks.py",
        "if not _is_trusted(address, trusted) or _parsed(hop) is None:",
        "if _parsed(hop) is None:",
        (f"{_NETWORKS}::test_nobody_else_can_say_who_they_are",),
    ),
    Guard(
        "a chain of proxies is read from the right",
        f"{_WEB}/networks.py",
        "for hop in reversed(hops[-MOST_HOPS:]):",
        "for hop in hops[-MOST_HOPS:]:",
        (f"{_NETWORKS}::test_a_client_behind_a_proxy_cannot_hide",),
    ),
    Guard(
        "a form that no person has read is dropped",
        f"{_WEB}/signing_up.py",
        "if self._is_by_hand(entry) and not",
        "if not",
        (f"{_SIGNING_UP}::test_a_machine_gets_the_same_answer_and_is_dropped",),
    ),
    Guard(
        "nobody signs up without having agreed to the text that is kept",
        f"{_WEB}/entry_form.py",
        'return {} if offer.version in fields.get("version", ()) else {"consent": "changed"}',
        "return {}",
        (f"{_SIGNING_UP}::test_what_is_wrong_is_told_where_it_stands",),
    ),
    Guard(
        "only topics that are offered are taken",
        f"{_WEB}/entry_form.py",
        "if tag in known))",
        "))",
        (f"{_SIGNING_UP}::test_topics_are_chosen_from_those_that_are_offered",),
    ),
    Guard(
        "looking at a confirmation confirms nobody",
        f"{_WEB}/confirming.py",
        'if request.method != "POST":',
        "if not token:",
        (f"{_SIGNING_UP}::test_looking_confirms_nobody",),
    ),
    Guard(
        "a body is read up to a bound",
        f"{_WEB}/site.py",
        "if size > largest:",
        "if not size:",
        (f"{_SIGNING_UP}::test_a_form_that_is_none_is_refused",),
    ),
    Guard(
        "figures are for this machine alone",
        "mailer/core/endpoints.py",
        'if bind and not is_loopback(f"//[{host}]" if ":" in host else f"//{host}"):',
        "if bind and not host:",
        (f"{_METRICS}::test_figures_are_for_this_machine_alone",),
    ),
    Guard(
        "few answers are not among the figures",
        "mailer/adapters/metrics.py",
        "if count >= A_FEW_BELOW}",
        "if count}",
        (f"{_METRICS}::test_few_answers_are_not_told",),
    ),
    Guard(
        "uvicorn reads nothing that a proxy says",
        f"{_WEB}/serving.py",
        "proxy_headers=False",
        "proxy_headers=True",
        (f"{_METRICS}::test_the_daemon_serves_figures_and_pages_apart",),
    ),
    Guard(
        "a page reports nothing that only a mail system can",
        "mailer/core/counting.py",
        "frozenset({ReportKind.DEAD, ReportKind.BUSY})",
        "frozenset(ReportKind)",
        (f"{_ACTING}::test_what_the_page_does_not_offer_is_not_noted",),
    ),
    Guard(
        "the letter without its copy has none",
        "mailer/core/mailto.py",
        'if field[0] != "bcc"]',
        "if field]",
        ("tests/unit/test_mailto.py::test_the_letter_without_its_copy_is_the_same_letter",),
    ),
    Guard(
        "a page without copies has none in its files either",
        "mailer/flows/acting.py",
        "links = replace(links, copy_addresses={})",
        "links = replace(links)",
        (f"{_ACTING}::test_letters_can_be_had_without_the_copy_that_counts_them",),
    ),
    Guard(
        "few copies are not told by country or day",
        "mailer/cli/results.py",
        '{key or "(unknown)": told(count) for',
        '{key or "(unknown)": count for',
        ("tests/unit/test_counting.py::test_no_small_count_is_in_words_or_in_json",),
    ),
    Guard(
        "an answer that is attached has a name of ours",
        "mailer/core/enclosures.py",
        'stem = "answer" if number == 1 else f"answer-{number}"',
        'stem = path.rpartition("/")[2].rpartition(".")[0]',
        ("tests/unit/test_enclosures.py::test_what_a_file_is_its_content_tells",),
    ),
)
