"""The tests' own browser sends what real ones send, and finds what readers stumble over."""

from __future__ import annotations

import pytest

from tests.tasks_ui.schema_form.browser import Browser

SENT = [
    ('<input name="a" value="x&amp;y">', ["x&y"]),
    ('<input name="a" value="one&#10;line">', ["oneline"]),
    ('<input type="hidden" name="a" value="two&#10;lines">', ["two\r\nlines"]),
    ('<input type="email" name="a" value=" a@b.org ">', ["a@b.org"]),
    ('<input type="date" name="a" value="soon">', [""]),
    ('<input type="date" name="a" value="2026-02-28">', ["2026-02-28"]),
    ('<input type="time" name="a" value="12:30:00.1234">', [""]),
    ('<input type="datetime-local" name="a" value="2026-02-28 12:30:00">', ["2026-02-28T12:30"]),
    ('<input type="number" name="a" value="1,5">', [""]),
    ('<input type="color" name="a" value="">', ["#000000"]),
    ('<input name="a" value="x" disabled>', None),
    ('<fieldset disabled><legend><input name="a" value="1"></legend></fieldset>', ["1"]),
    ('<fieldset disabled><input name="a" value="1"></fieldset>', None),
    ('<template><input name="a" value="1"></template>', None),
    ('<button name="a" value="1">Go</button><input type="submit" name="a">', None),
    ('<input type="file" name="a">', None),
    ('<input type="checkbox" name="a"><input type="checkbox" name="a" checked>', ["on"]),
    (
        (
            '<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2"'
            " checked>"
        ),
        ["2"],
    ),
    ('<textarea name="a">\n\nx\ny</textarea>', ["\r\nx\r\ny"]),
    ('<select name="a"><option>first  one</option><option>2</option></select>', ["first one"]),
    ('<select name="a"><option disabled>1</option><option value="">2</option></select>', [""]),
    ('<select name="a"><option selected>1</option><option selected>2</option></select>', ["2"]),
    (
        (
            '<select name="a" multiple><option>1</option><option selected>2</option>'
            "<option selected>3</option></select>"
        ),
        ["2", "3"],
    ),
    ('<select name="a" multiple><option>1</option></select>', None),
]


@pytest.mark.parametrize(("html", "sent"), SENT)
def test_it_sends_what_a_browser_sends(html: str, sent: list[str] | None) -> None:
    assert Browser(html).post == ({} if sent is None else {"a": sent})


def test_it_presses_buttons() -> None:
    browser = Browser('<input name="x" value="1"><button name="x" value="add">Add</button>')

    assert browser.buttons == [("x", "add")]
    assert browser.pressing("x", "add") == {"x": ["1", "add"]}


WRONG = [
    '<label for="a">A</label><input id="a"><p id="a"></p>',
    '<input id="a">',
    '<label for="a"> </label><input id="a">',
    '<label for="b">A</label><input id="a" aria-label="A">',
    '<input id="a" aria-label="A" aria-describedby="b">',
    '<input id="a" aria-label="A" list="b"><p id="b"></p>',
    '<a href="#a">A</a>',
    "<fieldset><p>A</p><legend>A</legend></fieldset>",
    '<label><input type="radio" name="a">A</label>',
    '<input id="a" aria-label="A" aria-invalid="true">',
    '<div role="dialogue"></div>',
    '<div role="group"></div>',
    '<input id="a" aria-label="A" aria-lable="B">',
    '<p tabindex="3"></p>',
    '<p aria-hidden="true"><button>A</button></p>',
    "<button></button>",
    "<button><a>A</a></button>",
    "<li>A</li>",
    "<p><div></div></p>",
    "<p><i>A</p></i>",
    "<p>",
    '<p id="a" id="b"></p>',
    '<p id="a b"></p>',
    '<p style="color: red"></p>',
    '<button onclick="go()">A</button>',
    "<script></script>",
    "<img>",
]


@pytest.mark.parametrize("html", WRONG)
def test_it_finds_what_is_wrong(html: str) -> None:
    assert Browser(html).problems


RIGHT = [
    '<label for="a">A</label><input id="a" aria-describedby="b c"><p id="b"></p><p id="c"></p>',
    "<label>A <textarea></textarea></label>",
    '<p id="b">A</p><select id="a" aria-labelledby="b"></select>',
    (
        '<fieldset aria-describedby="a_error"><legend>A</legend><p id="a_error">No</p>'
        '<label><input type="radio" name="a" aria-invalid="true"> A</label></fieldset>'
    ),
    '<div role="group" aria-label="A"></div><ul><li><a href="#a">A</a></li></ul><p id="a"></p>',
    '<input type="hidden" name="a"><svg aria-hidden="true"><use href="/icons.svg#x"/></svg>',
]


@pytest.mark.parametrize("html", RIGHT)
def test_it_finds_nothing_where_nothing_is_wrong(html: str) -> None:
    assert Browser(html).problems == []
