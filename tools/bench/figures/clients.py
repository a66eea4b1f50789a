"""The section of clients: its list, its six filters, projects and contracts."""

from counterparties.models import Client, Project
from tools.bench.asking import Person
from tools.bench.watch import Watch


def measure(watch: Watch, size: int, database: str) -> None:
    reader = Person("reader")
    clients = Client.objects.count()
    project = Project.objects.filter(counterparty__in=reader.question("type=client").records()).order_by("pk").first()
    pages = {
        "list, page 1": "/clients/",
        "list, newest first": "/clients/?sort=-created",
        "by status": "/clients/?status=negotiating",
        "by category": "/clients/?category=retail",
        "by subcategory": "/clients/?category=retail&subcategory=online",
        "by project": f"/clients/?project={project.pk if project else 0}",
        "by type of contract": "/clients/?contract_type=service",
        "by country": "/clients/?country=RO",
        "all six filters": (
            "/clients/?status=active&category=retail&subcategory=online&contract_type=service&country=BG"
            f"&project={project.pk if project else 0}"
        ),
        "five filters, many answer": (
            "/clients/?status=active&status=negotiating&category=retail&contract_type=service&contract_type=sale&country=BG"
        ),
        "created within a month": "/clients/?created_after=2024-03-01&created_before=2024-03-31",
        "projects, page 1": "/projects/",
        "projects by counterparty": "/projects/?sort=counterparty",
        "projects, from Z to A by counterparty": "/projects/?sort=-counterparty",
        "contracts, page 1": "/contracts/",
        "contracts by counterparty": "/contracts/?sort=counterparty",
        "contracts of a type": "/contracts/?type=service",
    }
    for name, address in pages.items():
        watch.page(name, reader, address, note=f"{clients:,} clients")
