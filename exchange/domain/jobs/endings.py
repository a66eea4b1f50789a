"""How a job may end before its work is done."""


class Failed(Exception):
    """This try did not succeed, another one may; its words are what its owner reads."""


class Refused(Failed):
    """It cannot be done, and trying again would say the same."""


class Ended(BaseException):
    """Something outside the work ends it. No error: whoever catches every error must not catch this one."""


class Cancelled(Ended):
    """Its owner asked to stop. What was finished stays; catch it to say so by ``work.finish``, and raise it again."""


class Interrupted(Ended):
    """The worker is being ended; the job goes back into the queue and no try is counted."""


class Lost(Ended):
    """This process was silent for so long that the job was given to another one: nothing more may be written."""
