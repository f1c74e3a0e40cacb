"""What templates can do with marks: nothing that could make two mails of a cohort differ in more than values."""

from __future__ import annotations

import pytest

from mailer.adapters.marked_sandbox import make_marked_environment
from mailer.adapters.sandbox import make_environment, render_template
from mailer.core.authors import Author
from mailer.core.fillings import Numbering
from mailer.core.marked_authors import marked
from mailer.core.marks import Marks
from mailer.core.revisions import Wording
from mailer.errors import MarkError
from tests.samples import revision

NAMES = ("anna", "ANNA B", 'Zoë "O\'N" <b>&amp;', "a/b %s 𓀀", "%F0%93%80%80", "http://x.example", "w" * 32, "{{ x }}")
# What cannot be told of a value that is not there. `made` is a text that the template made of it.
FILTERS = (
    *("upper", "title", "length", "safe", "tojson", "first", "truncate(9)", "wordwrap(9)", "int", "urlencode"),
    *("replace(' ', '')", "striptags", "forceescape", "urlize", "join", "list"),
)
OPERATIONS = (
    *(f"|{name}" for name in FILTERS),
    *(" is upper", " is eq('x')", " is in('x')", "[0]", "[:3]", ".upper()", " == 'x'", " < 'x'", " in 'x'"),
)
REFUSED = (
    *(f"{{{{ {name}{asked} }}}}" for name in ("name", "made") for asked in OPERATIONS),
    *(f"{{{{ 'x' in {name} }}}}" for name in ("name", "made")),
    *(f"{{% for one in {name} %}}x{{% endfor %}}" for name in ("name", "made")),
    *(f"{{{{ {words} }}}}" for words in ("'Dear ' + name", "name + '!'", "'%.3s' % name", "'%.3s'|format(name)")),
    *(f"{{{{ {words} }}}}" for words in ("'{:.3}'.format(name)", "{'x': 1}[made]", "{'x': 1}.get(made)", "_(name)")),
    *(f"{{{{ {words} }}}}" for words in ("[name]|sort", "'x' in [made]", "made|trim('A')", "[name]|tojson")),
    *(f"{{{{ {words} }}}}" for words in ("[made]|map('upper')|join", "['x']|select('eq', made)|join", "[name] ~ ''")),
    "{% filter upper %}Dear {{ name }}{% endfilter %}",
    "{% set x %}{{ name }}{% endset %}{{ x|length }}",
    "{% macro m() %}{{ name }}{% endmacro %}{{ m()|title }}",
    "{% trans n=name|upper %}Hi {{ n }}{% endtrans %}",
)
SHOWN = (
    "{{ name }}",
    "{{ made }}{{ made|trim }}",
    "{{ name|e }}",
    "{{ 'Dear ' ~ name ~ '<' }}",
    "{{ [name, 'b<']|join(', ') }}",
    "{{ name or 'friend' }}{{ name|default('friend') }}{{ 'y' if name else 'n' }}{{ name is defined }}",
    "{% trans name %}Dear {{ name }},{% endtrans %}",
    "{% macro m(of) %}<b>{{ of }}</b>{% endmacro %}{{ m(name)|trim }}",
    "{% filter trim %} {{ name }} {% endfilter %}",
    "{% set x %}{{ name }}{% endset %}{{ x }}",
    "<a title='{{ name }}' href=x?{{ name }}>",
    "{% for line in (name, 'x') %}{{ line }}{{ loop.index == 2 }}{% endfor %}",
    "{{ (name, 'x')|length }}{{ (name, 'x')[1] }}{{ [(name, 'x')]|map('last')|list|length }}",
)
SET = "{% set made = ' ' ~ name ~ '! ' %}"


@pytest.fixture(scope="module")
def wording() -> Wording:
    """The words of a mail in English."""
    return revision().wordings["en"]


def template(words: str, kind: str) -> tuple[str, dict[str, str]]:
    """Return the name and the source of a template that says these words on its second line."""
    name = f"mail/alert.{kind}.j2"
    return name, {name: f"{SET}\n{words}\n"}


@pytest.mark.parametrize("kind", ["txt", "html"])
@pytest.mark.parametrize("words", REFUSED)
def test_a_template_that_asks_more_of_a_value_is_refused_with_its_line(words, kind, wording):
    """Its mails are rendered one by one, also where the value was put into another text first."""
    name, sources = template(words, kind)
    author = marked(Author("Anna"), Marks(()))

    with pytest.raises(MarkError, match=rf"^{name}:2: .* can only be shown"):
        render_template(make_marked_environment(sources, wording), name, author.shown({"name": author.name}))


@pytest.mark.parametrize("kind", ["txt", "html"])
@pytest.mark.parametrize("words", SHOWN)
def test_what_only_shows_a_value_is_the_same_for_every_name(words, kind, wording):
    """One rendering with a mark, filled, is what each rendering with a name is."""
    name, sources = template(words, kind)
    author = marked(Author("Anna"), Marks(()))
    once = render_template(make_marked_environment(sources, wording), name, author.shown({"name": author.name}))
    pieces = author.marks.cut(once)
    numbering, plain = Numbering(author.marks, [pieces]), make_environment(sources, wording)

    for each in NAMES:
        values = numbering.filling.values(Author(each), "", {})
        filled = "".join(p if isinstance(p, str) else values[p] for p in numbering.number(pieces))
        assert filled == render_template(plain, name, {"name": each})


def test_a_text_that_was_made_of_a_value_is_not_escaped_later(wording):
    """In a text the mark no longer knows that it will stand in HTML; in HTML it was escaped when it was put in."""
    author = marked(Author("Anna"), Marks(()))

    view = author.shown({"name": author.name})
    text, sources = template("{{ made|e }}", "txt")
    with pytest.raises(MarkError, match="e is asked"):
        render_template(make_marked_environment(sources, wording), text, view)

    html, sources = template("{{ made|e }}", "html")
    assert author.marks.are_in(render_template(make_marked_environment(sources, wording), html, view))
