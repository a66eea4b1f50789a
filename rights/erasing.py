"""What is kept of looking as somebody else."""

from rights.models import Look
from trail.domain.erasing import Eraser, erasers


@erasers.register
class Looks(Eraser):
    """That somebody looked stays; why they looked as this person goes."""

    code, model, user = "rights.Look", Look, "person"
    blanks, mentions = {"reason": ""}, ("reason",)
