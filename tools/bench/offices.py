"""The offices that are measured, and what they are called."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """One office to be measured; a wide one has many types and roles, and nothing said for characteristics."""

    database: str
    size: int
    is_wide: bool = False

    @property
    def name(self) -> str:
        return f"{'wide' if self.is_wide else 'office'}_{self.size}"

    @property
    def first_day(self) -> str:
        """Under what name the office of its first day is kept: without counterparties, whatever its size will be."""
        return "first_day_of_wide" if self.is_wide else "first_day"

    @property
    def settings(self) -> list[str]:
        """How many types and roles it has, as the builder takes them."""
        return ["300", "50"] if self.is_wide else ["30", "6"]

    @property
    def rows(self) -> int:
        """About how many rows it takes: the counterparty and twelve values, each with its history."""
        return self.size * (2 if self.is_wide else 26)

    def __str__(self) -> str:
        more = ", 300 types, 50 roles" if self.is_wide else ""
        return f"{self.size:,} counterparties on {'PostgreSQL' if self.database == 'postgresql' else 'SQLite'}{more}"
