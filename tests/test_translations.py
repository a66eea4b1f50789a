"""The office speaks Bulgarian and Russian completely, and the tool that says so would notice when it does not."""

import io
import json

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management import CommandError, call_command

from desk.management.commands import _catalogue as catalogue
from desk.management.commands import _mistakes as mistakes
from desk.management.commands._source import scan


@pytest.fixture(scope="module")
def source():
    return scan()


@pytest.mark.parametrize("language", ["bg", "ru"])
def test_every_word_of_the_office_is_translated(source, language):
    assert mistakes.problems(language, source) == []


def test_the_office_speaks_the_three_languages():
    assert {code for code, _name in settings.LANGUAGES} == {"en", "bg", "ru"}


@pytest.mark.parametrize(("language", "forms"), [("bg", 2), ("ru", 3)])
def test_a_language_counts_with_all_its_plural_forms(language, forms):
    assert catalogue.read(language).num_plurals == forms


# ---- the tool, on a small office of its own


@pytest.fixture
def office(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "desk").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "desk/words.py").write_text(
        'greet = _("Hello, %(name)s")\ncount = ngettext("%(count)d row", "%(count)d rows", n)\n', encoding="utf-8"
    )
    (tmp_path / "templates/page.html").write_text(
        "<div>\n    <p>{% translate 'Good day' %}</p>\n  <b>{{ _('Bye') }}</b>\n"
        "{% blocktranslate trimmed with n=name %}\n  See {{ n }}\n  soon\n{% endblocktranslate %}\n"
        "{% translate 'May' context 'month' %}</div>",
        encoding="utf-8",
    )
    return tmp_path


def translations(*words):
    out = io.StringIO()
    call_command("translations", *words, stdout=out, stderr=out)
    return out.getvalue()


def fill(office, answers, *options, language="bg"):
    (office / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    return translations("fill", "--language", language, str(office / "answers.json"), *options)


BULGARIAN = {
    "Hello, %(name)s": "Здравейте, %(name)s",
    "%(count)d row": ["%(count)d ред", "%(count)d реда"],
    "Good day": "Добър ден",
    "Bye": "Довиждане",
    "See %(n)s soon": "До скоро, %(n)s",
    "month\u0004May": "май",
}


@pytest.fixture
def bulgarian(office):
    translations("extract")
    fill(office, BULGARIAN)
    return office


def test_words_are_found_in_code_and_in_templates(office):
    found = {(message.context, message.id) for message in scan() if message.id}

    assert found == {
        (None, "Hello, %(name)s"),
        (None, ("%(count)d row", "%(count)d rows")),
        (None, "Good day"),
        (None, "Bye"),
        (None, "See %(n)s soon"),
        ("month", "May"),
    }


def test_a_filled_language_has_no_problems(bulgarian):
    assert mistakes.problems("bg") == []


def test_missing_words_are_printed_ready_to_be_filled_in(office):
    translations("extract")

    asked = json.loads(translations("missing", "--language", "ru"))

    assert asked.keys() == BULGARIAN.keys()
    assert asked["%(count)d row"] == {"plural": "%(count)d rows", "forms": ["", "", ""]}


def test_a_new_word_is_told_before_and_after_it_was_extracted(bulgarian):
    (bulgarian / "desk/new.py").write_text('_("Brand new")', encoding="utf-8")

    before = mistakes.problems("bg")
    translations("extract")

    assert before == ["bg: not in the .po yet, run extract: 'Brand new'"]
    assert mistakes.problems("bg") == ["bg: not translated: 'Brand new'"]


def test_a_word_that_left_the_source_is_told_and_then_forgotten(bulgarian):
    (bulgarian / "templates/page.html").write_text("", encoding="utf-8")

    before = mistakes.problems("bg")
    translations("extract")

    assert "bg: no longer in the source, run extract: 'Bye'" in before
    assert mistakes.problems("bg") == []


def test_a_fuzzy_word_is_told(bulgarian):
    catalog = catalogue.read("bg")
    catalog.get("Bye").flags.add("fuzzy")
    catalogue.save(catalog, "bg")

    assert mistakes.problems("bg") == ["bg: fuzzy: 'Bye'"]


def test_an_old_compiled_file_is_told_and_compiled_anew(bulgarian):
    path = catalogue.folder("bg") / "django.po"
    path.write_text(path.read_text(encoding="utf-8").replace("Довиждане", "Чао"), encoding="utf-8")

    before = mistakes.problems("bg")
    translations("compile")

    assert before == ["bg: the .mo is older than the .po, run compile"]
    assert mistakes.problems("bg") == []


def test_the_check_command_fails_on_a_problem_and_passes_without(bulgarian):
    with pytest.raises(CommandError, match="ru: not translated: 'Bye'"):
        translations("check")

    fill(
        bulgarian, BULGARIAN | {"%(count)d row": ["%(count)d ряд", "%(count)d ряда", "%(count)d рядов"]}, language="ru"
    )

    assert translations("check") == "The translations are complete.\n"


def test_a_translation_with_a_wrong_place_is_refused_as_a_whole(bulgarian):
    with pytest.raises(CommandError, match=r"lacks %\(name\)s"):
        fill(bulgarian, {"Bye": "Чао", "Hello, %(name)s": "Здравейте, %(nam)s"})

    assert catalogue.read("bg").get("Bye").string == "Довиждане"


def test_a_plural_with_too_few_forms_is_refused(bulgarian):
    with pytest.raises(CommandError, match="a list of 3 forms is expected"):
        fill(bulgarian, {"%(count)d row": ["%(count)d ряд", "%(count)d ряда"]}, language="ru")


def test_an_unknown_word_is_told_and_a_kept_one_stays(bulgarian):
    said = fill(bulgarian, {"Changed by": "Променено от"})
    fill(bulgarian, {"Changed by": "Променено от"}, "--keep")
    translations("extract")

    assert "does not say 'Changed by'" in said
    assert catalogue.read("bg").get("Changed by").string == "Променено от"
    assert mistakes.problems("bg") == []


@pytest.mark.parametrize(
    ("english", "translated", "wrong"),
    [
        ("%(n)d rows of %(all)d", "%(all)d / %(n)d", []),
        ("%(n)d rows", "%(n)s реда", ["form 0 lacks %(n)d", "form 0 has the strange %(n)s"]),
        ("%(n)d rows", "реда", ["form 0 lacks %(n)d"]),
        ("Between {low} and {high}", "От {low}", ["form 0 lacks {high}"]),
        ("100%% of %(n)s", "100%% от %(n)s", []),
        ("%s of %s", "%s от", ["form 0 lacks %s (2)"]),
        ("Plain", "Просто {x}", ["form 0 has the strange {x}"]),
        ("Line\n", "Ред", ["form 0 begins or ends with another line break"]),
        (("One row", "%(n)d rows"), ("Един ред", "%(n)d реда"), []),
        (("One row", "%(n)d rows"), ("Един ред", "реда"), ["form 1 lacks %(n)d"]),
    ],
)
def test_places_of_a_sentence_stay_in_its_translation(english, translated, wrong):
    catalog = Catalog(locale="bg")
    message = catalog.add(english, translated)

    assert list(mistakes.wrong_places(message, catalog)) == wrong


def test_a_russian_first_form_carries_the_number_because_it_means_21_too():
    catalog = Catalog(locale="ru")
    message = catalog.add(("One row", "%(n)d rows"), ("Одна строка", "%(n)d строки", "%(n)d строк"))

    assert list(mistakes.wrong_places(message, catalog)) == ["form 0 lacks %(n)d"]
