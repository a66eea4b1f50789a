"""`manage.py translations …`: collect the words of the source, fill them in, and check them, with Python alone."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from . import _catalogue as catalogue
from . import _mistakes as mistakes
from ._source import scan

CONTEXT = "\u0004"  # gettext's own mark between a context and its message


class Command(BaseCommand):
    help = "Collect, fill in, compile and check the translations of the office."
    requires_system_checks = ()

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("extract", help="bring the .po files up to the source, and compile them")
        acts.add_parser("compile", help="write the .mo files from the .po files")
        acts.add_parser("check", help="list what is missing, fuzzy, wrong or stale; fail if anything is")
        missing = acts.add_parser("missing", help="print the untranslated messages as JSON, ready to be filled in")
        fill = acts.add_parser(
            "fill", help="take translations from a JSON file: message → translation or list of forms"
        )
        for parser_of_act in (missing, fill):
            parser_of_act.add_argument("--language", required=True, choices=catalogue.languages())
        fill.add_argument("file", type=Path)
        fill.add_argument("--keep", action="store_true", help="add messages that our source has not: a library's")

    def handle(self, *args, act, language=None, file=None, keep=False, **options):
        match act:
            case "extract":
                self.extract_words()
            case "compile":
                self.compile_words()
            case "check":
                self.check_words()
            case "missing":
                self.print_missing(language)
            case "fill":
                self.fill_in(language, file, keep)

    def extract_words(self):
        source = scan()
        for language in catalogue.languages():
            fresh = catalogue.merged(source, catalogue.read(language), language)
            catalogue.save(fresh, language)
            left = len(catalogue.untranslated(fresh))
            self.stdout.write(f"{language}: {len(fresh)} messages, {left} to translate")

    def compile_words(self):
        for language in catalogue.languages():
            catalogue.compile_(catalogue.read(language), language)

    def check_words(self):
        source = scan()
        found = [problem for language in catalogue.languages() for problem in mistakes.problems(language, source)]
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} translations to mend."]))
        self.stdout.write("The translations are complete.")

    def print_missing(self, language):
        asked = {key(message): form(message) for message in catalogue.untranslated(catalogue.read(language))}
        self.stdout.write(json.dumps(asked, ensure_ascii=False, indent=1))

    def fill_in(self, language, file, keep):
        catalog = catalogue.read(language)
        known = {key(message): message for message in catalog if message.id}
        strange = []
        for asked, answer in read_answers(file).items():
            if asked in known:
                known[asked].string = answer_for(known[asked], answer, catalog.num_plurals)
                known[asked].flags.discard("fuzzy")
            elif keep and isinstance(answer, str):
                context, _, text = asked.rpartition(CONTEXT)
                catalog.add(text, answer, context=context or None, user_comments=[catalogue.KEPT])
            else:
                strange.append(asked)
        wrong = [f"{problem}: {mistakes.name(m)}" for m in catalog for problem in mistakes.wrong_places(m, catalog)]
        if wrong:
            raise CommandError("\n".join(["Nothing was written.", *wrong]))
        catalogue.save(catalog, language)
        self.stdout.write(f"{language}: {len(catalogue.untranslated(catalog))} to translate")
        for asked in strange:
            self.stderr.write(f"{language}: the source does not say {asked!r}")


def key(message) -> str:
    text = catalogue.ids(message)[0]
    return f"{message.context}{CONTEXT}{text}" if message.context else text


def form(message) -> object:
    """What a translator gets to fill in: a text, or the plural in English and a place for each form."""
    if message.pluralizable:
        return {"plural": message.id[1], "forms": catalogue.strings(message)}
    return message.string or ""


def read_answers(file: Path) -> dict:
    try:
        answers = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise CommandError(f"{file}: {wrong}") from wrong
    if not isinstance(answers, dict):
        raise CommandError(f"{file}: one object is expected, message → translation")
    return answers


def answer_for(message, answer: object, plurals: int) -> str | tuple[str, ...]:
    if isinstance(answer, dict):
        answer = answer.get("forms")
    if message.pluralizable and isinstance(answer, list) and len(answer) == plurals:
        return tuple(str(text) for text in answer)
    if not message.pluralizable and isinstance(answer, str):
        return answer
    expected = f"a list of {plurals} forms" if message.pluralizable else "a text"
    raise CommandError(f"{key(message)!r}: {expected} is expected")
