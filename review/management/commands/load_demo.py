"""`manage.py load_demo`: the example case and the demo accounts, once."""

from django.core.management.base import BaseCommand

from review.demo import load_demo


class Command(BaseCommand):
    """Loads the demo."""

    help = "Load the example case and the demo accounts, unless there is a case already."

    def handle(self, *args: object, **options: object) -> None:
        """Say what was done."""
        done = load_demo()
        self.stdout.write("the demo is loaded" if done else "the demo was there already")
