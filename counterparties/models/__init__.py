from .address import Address
from .bank_account import BankAccount
from .client import Client
from .contact import Contact
from .contract import Contract
from .counterparty import Counterparty
from .document import Document
from .erasure import Erasure
from .joining import Joining
from .membership import Membership
from .note import Note, NoteReader
from .project import Project
from .saved_view import SavedView
from .sequence import Sequence
from .status import Status
from .tally import Arrivals, Tally
from .touch import Touch
from .type import CounterpartyType, TypeCharacteristic
from .type_set import TypeSet, TypeSetMember
from .value import Value

__all__ = [
    "Address",
    "Arrivals",
    "BankAccount",
    "Client",
    "Contact",
    "Contract",
    "Counterparty",
    "CounterpartyType",
    "Document",
    "Erasure",
    "Joining",
    "Membership",
    "Note",
    "NoteReader",
    "Project",
    "SavedView",
    "Sequence",
    "Status",
    "Tally",
    "Touch",
    "TypeCharacteristic",
    "TypeSet",
    "TypeSetMember",
    "Value",
]
