"""What becomes of a draft? A campaign file to be reviewed, JSON for programs, or the words of a closing."""

from mailer.adapters.drafted.appending import Added, add_campaign, add_draft, items_of
from mailer.adapters.drafted.campaign_yaml import to_yaml
from mailer.adapters.drafted.closing_words import News, news_of
from mailer.adapters.drafted.json_shape import doubts, to_json
from mailer.adapters.drafted.replacing import replace_file
from mailer.adapters.drafted.surroundings import Surroundings, surroundings_of

__all__ = [
    "Added",
    "News",
    "Surroundings",
    "add_campaign",
    "add_draft",
    "doubts",
    "items_of",
    "news_of",
    "replace_file",
    "surroundings_of",
    "to_json",
    "to_yaml",
]
