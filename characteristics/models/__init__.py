from .characteristic import Characteristic
from .nomenclature import Element, Nomenclature
from .value import StoredValue

__all__ = ["Characteristic", "Element", "Nomenclature", "StoredValue"]
