"""The pictures in docs/ show the code as it is."""

from django.core.management import call_command


def test_the_pictures_are_drawn_from_the_moves_and_contracts_of_today():
    call_command("draw", check=True, verbosity=0)
