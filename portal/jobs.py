"""Sending letters to clients, behind the pages."""

from django.utils.translation import gettext_lazy

from desk.said import gettext as _
from exchange.domain import jobs
from portal.domain import letters, post
from portal.pages.letter_texts import message_of, subject_of


@jobs.register
class SendLetter(jobs.Sort):
    """One letter. Performed again it goes on only where it is sure that the letter has not gone."""

    code, label, position = letters.JOB, gettext_lazy("Letter to a client"), 50
    # The pauses between them make it most of an hour: a mail server that was started anew is back by then.
    most_tries = 7
    is_quiet = True

    def perform(self, work: jobs.Work) -> None:
        try:
            found = letters.to_be_sent(work.said["letter"])
        except letters.Unknown as error:
            raise jobs.Refused(str(error)) from error
        if found is None or not letters.take(found[0], subject_of(*found)):
            work.finish(sentence=_("There was nothing to send any more."))
            return
        letter, told = found
        there = f"{letter.counterparty.get_absolute_url()}?tab=letters"
        work.finish(address=there)  # also when it does not go
        try:
            post.hand_over(message_of(letter, told))
        except post.NotSent as error:
            is_over = error.is_final or work.job.tries >= self.most_tries
            letters.not_sent(letter, str(error), is_over=is_over)
            raise (jobs.Refused if is_over else jobs.Failed)(str(error)) from error
        except post.Unclear as error:
            letters.not_sent(letter, str(error), is_over=True)
            raise jobs.Refused(str(error)) from error
        letters.sent(letter)
        work.finish(address=there, sentence=_("The letter went to %(address)s.") % {"address": letter.to})
