"""``handrail manage post FOLDER --by EMAIL``: the list, letters and envelope words for workbooks to post."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handrail.commands.booklet import blank, easy_blank
from handrail.commands.starting import insist_installed, installation_now
from handrail.domain.dates import local_date
from handrail.domain.words import Role
from handrail.exchange import trial_office
from handrail.exchange.mail import write_posting
from handrail.journey import deliver
from handrail.records.accounts import facts as accounts


class Command(BaseCommand):
    """Write the posting list into a new folder. Nothing is marked as posted: that is done once it is."""

    help = "Write what is posted: workbooks to print, the list, the letters and the words for envelopes."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's words."""
        parser.add_argument("folder", type=Path, help="a new folder; it will hold names and addresses")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the trial manager who posts")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the folder, and say how many parcels it is for."""
        insist_installed()
        email = accounts.normal_email(options["by"])
        managers = accounts.accounts(role=Role.TRIAL_MANAGER, is_active=True)
        by = next((one.id for one in managers if one.email == email), None)
        if by is None:
            raise CommandError(f"{options['by']} is no active trial manager. Check the address.")
        if options["folder"].exists():
            raise CommandError(f"{options['folder']} is there already. Name a new folder.")
        parcels = deliver.list_posting(by=by, at=installation_now())
        office = trial_office.shown(
            settings.TRIAL_OFFICE, example=settings.EXAMPLE_OFFICE, is_synthetic=accounts.is_synthetic()
        )
        ask_us = trial_office.how_to_ask(office)
        # Setting is loaded only where there is something to post.
        from handrail.reports.booklet_pdf import pdf

        made = {"": blank(), "-large-print": blank(is_large=True), "-easy-read": easy_blank()}
        booklets = {f"workbook{kind}.pdf": pdf(one) for kind, one in made.items()}
        day = local_date(installation_now())
        write_posting(parcels, options["folder"], day=day, ask_us=ask_us, booklets=booklets)
        self.stdout.write(f"{len(parcels)} to post: {options['folder']}. Destroy it once they are posted.")
