"""Do update, correct, close, pause, resume, stop and revise reach those they should, and nobody else?"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.acceptance.cases import STATES, address, addresses, campaign_file, people, today

GOOD = campaign_file(today())


def new_mails(smtp_server) -> dict[str, EmailMessage]:
    """Return the mails that came since the last look, by recipient; nobody got two."""
    caught, smtp_server.messages[:] = list(smtp_server.messages), []
    found = {one.recipients[0]: message_from_bytes(one.content, policy=policy.default) for one in caught}
    assert len(found) == len(caught)
    return found


def text_of(mail: EmailMessage) -> str:
    """Return a mail's text."""
    return mail.get_body(("plain",)).get_content()


def launched(office, smtp_server, count: int = 4, text: str = GOOD) -> dict[str, EmailMessage]:
    """Launch to `count` people and return what they got."""
    office.begin(text, people(count), launch=True)
    office.run("run", "--until-idle")
    return new_mails(smtp_server)


def test_an_update_goes_to_those_who_got_the_alert(office, smtp_server):
    """In each reader's language, under the alert; who joined since gets the alert instead, and who left nothing."""
    alerts = launched(office, smtp_server)
    office.bring([*people(6)[4:]])
    office.run("supporters", "unsubscribe", address(0))
    office.write("news.en", "The trial was postponed.")
    office.write("news.ru", "Суд отложен.")
    answer = office.json("update", "case", "--text", "en=news.en", "ru=news.ru")
    office.run("run", "--until-idle")
    mails = new_mails(smtp_server)

    assert answer["campaign"] == "case"
    assert sorted(mails) == addresses(range(1, 6))
    assert "Суд отложен." in text_of(mails[address(1)])
    assert "The trial was postponed." in text_of(mails[address(2)])
    for number in (1, 2, 3):
        assert mails[address(number)]["In-Reply-To"] == alerts[address(number)]["Message-ID"]
    assert "postponed" not in text_of(mails[address(4)])
    assert office.counts(answer["result"]) == {"sent": 3}
    office.run("run", "--until-idle")
    assert new_mails(smtp_server) == {}


def test_a_closing_stops_everything_and_thanks_everybody(office, smtp_server):
    """What is queued is cancelled, everyone who got the alert is told once, and nothing follows."""
    launched(office, smtp_server)
    office.write("text", "He is free.")
    assert "--outcome" in office.run("close", "case", "--text", "text", "--outcome", "freed", code=64).stderr
    office.run("close", "case", "--text", "text", "--outcome", "released")
    office.bring([*people(6)[4:]])
    done = office.run("run", "--until-idle")
    mails = new_mails(smtp_server)

    assert done.stderr == ""
    assert sorted(mails) == addresses(range(4))
    assert mails[address(0)]["Subject"].startswith("Please stop writing:")
    assert "He is free." in text_of(mails[address(0)])
    assert office.json("status")["campaigns"][0]["status"] == "closed"
    office.run("run", "--until-idle")
    assert new_mails(smtp_server) == {}
    for words in (("launch", "case", "--yes"), ("resume", "case"), ("update", "case", "--text", "text")):
        assert "closed" in office.run(*words, code=64).stderr
    assert "a new case needs a new id" in office.run("check", code=65).stdout


def test_a_correction_goes_to_those_who_got_the_wrong_address(office, smtp_server):
    """The old address stands in it as withdrawn, the new one to be used; a second file=text needs its fallback."""
    launched(office, smtp_server)
    office.write("text", "The court has another address.")
    office.write("campaigns.yaml", campaign_file(today(), court="registry"))
    assert "en=FILE" in office.run("correct", "case", "--text", "ru=text", code=64).stderr
    office.run("correct", "case", "--text", "text")
    office.run("run", "--until-idle")
    mails = new_mails(smtp_server)

    assert sorted(mails) == addresses(range(4))
    words = text_of(mails[address(0)])
    assert "The court has another address." in words
    assert "registry@justice.example" in words
    assert "court@justice.example" in words


def test_pause_holds_and_resume_goes_on(office, smtp_server):
    """Nothing leaves between the two, nothing is lost, and nobody gets anything twice."""
    office.begin(GOOD, people(4), launch=True)
    office.run("pause", "case")
    office.run("run", "--until-idle")
    assert new_mails(smtp_server) == {}
    assert office.json("status")["campaigns"][0]["status"] == "paused"

    assert office.json("resume", "case") == {"campaign": "case", "result": "ready"}
    office.run("run", "--until-idle")
    assert sorted(new_mails(smtp_server)) == addresses(range(4))


def test_the_file_is_a_ceiling(office, smtp_server):
    """`status: paused` in the file holds a campaign that the database would let go; the other way round too."""
    office.begin(GOOD, people(2), launch=True)
    office.write("campaigns.yaml", campaign_file(today(), status="paused"))
    office.run("run", "--until-idle")
    assert new_mails(smtp_server) == {}

    office.run("pause", "case")
    office.write("campaigns.yaml", GOOD)
    office.run("run", "--until-idle")
    assert new_mails(smtp_server) == {}
    office.run("resume", "case")
    office.run("run", "--until-idle")
    assert len(new_mails(smtp_server)) == 2


def test_stop_is_final_and_may_be_closed(office, smtp_server):
    """Queued letters are cancelled for good; a closing still reaches those who got the alert."""
    launched(office, smtp_server, 2)
    office.bring([*people(4)[2:]])
    office.run("stop", "case")
    office.run("run", "--until-idle")
    assert new_mails(smtp_server) == {}
    assert "final" in office.run("resume", "case", code=64).stderr
    assert "stopped" in office.run("status").stdout

    office.write("text", "It is over.")
    office.run("close", "case", "--text", "text", "--outcome", "ended")
    office.run("run", "--until-idle")
    assert sorted(new_mails(smtp_server)) == addresses(range(2))


def test_revise_is_in_force_from_the_next_letter(office, smtp_server):
    """A changed file is told by `status`, taken over by `revise`, and letters after it carry the change."""
    launched(office, smtp_server, 2)
    office.write("campaigns.yaml", GOOD.replace("Jailed for a picket.", "Jailed for a leaflet."))
    assert "mailer revise case" in office.run("status").stderr
    assert office.json("revise", "case")["result"] == "revision 2"
    assert "mailer revise" not in office.run("status").stderr
    office.bring([*people(4)[2:]])
    office.run("run", "--until-idle")
    mails = new_mails(smtp_server)

    assert sorted(mails) == addresses(range(2, 4))
    assert "Jailed for a leaflet." in text_of(mails[address(2)])


def test_what_has_gone_out_may_not_be_renamed(office, smtp_server):
    """A mailing that went out and vanishes from the file is an error of `check` and of `revise`."""
    launched(office, smtp_server, 1)
    wrong = campaign_file(today(), mailings="[{alert: {id: first}}]")
    office.write("campaigns.yaml", wrong)

    assert office.try_("check").code == 65
    assert office.try_("revise", "case").code in (64, 65)


def test_commands_before_a_launch_are_refused(office):
    """What was never launched can be neither paused nor updated nor closed: one sentence, with the next command."""
    office.begin(GOOD, people(1))
    office.write("text", "News.")
    for words in (("pause",), ("stop",), ("resume",), ("revise",), ("update", "--text", "text")):
        done = office.run(words[0], "case", *words[1:], code=65)
        assert "mailer launch case" in done.stderr
    assert office.json("status") == {"campaigns": []}


def test_status_has_all_ten_states(office, smtp_server):
    """`status --json` gives each mailing id, kind, due, rehearsal, reason and a count for each of the ten states."""
    launched(office, smtp_server, 2)
    (campaign,) = office.json("status")["campaigns"]
    (mailing,) = campaign["mailings"]

    assert (campaign["id"], campaign["status"]) == ("case", "ready")
    assert list(mailing["counts"]) == STATES
    assert mailing["counts"] == dict.fromkeys(STATES, 0) | {"sent": 2}
    assert (mailing["id"], mailing["kind"], mailing["rehearsal"], mailing["reason"]) == ("alert", "alert", False, "")
    assert mailing["due"].endswith("Z")
    assert "alert" in office.run("status", "case").stdout
    assert "never launched" in office.run("status", "nothing", code=65).stderr
