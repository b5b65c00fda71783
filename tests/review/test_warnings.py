"""Warnings: what they notice, and what they leave in peace."""

import pytest
from django.core.management import call_command

from claims import example
from claims.models import Claim
from claims.review.content import candidate
from claims.review.warnings import warnings
from claims.review.wording import loaded, numbers_of_people, written_in_another_script
from sources.acting import acting
from sources.choices import AgentKind
from tests import desk_work

pytestmark = pytest.mark.django_db


def said_of(claim: Claim, part: str | None = None) -> str:
    """All warnings about this claim, or about one part of it."""
    claim.refresh_from_db()
    found = warnings(claim, candidate(claim).document)
    return "\n".join(item.text for item in found if part in (None, item.part))


@pytest.fixture
def draft(contributor):
    return desk_work.draft(contributor, made="2024-02-12")


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "The regime's men slaughtered them.", ["regime", "slaughtered"]),
        ("en", "Terrorists butchered villagers in the so-called republic.", 3),
        ("en", "It was a “massacre” by “the regime”.", []),
        ("en", "It was a 'massacre', a ‘bloodbath’, a \"slaughter\".", []),
        ("en", "The soldiers’ massacre of the villagers’ cattle.", ["massacre"]),
        ("en", "The union's regimental band executes nothing.", ["executes"]),
        ("en", "The regiment liberalised its rules.", []),
        ("en", "An unclosed “massacre is no quotation.", ["massacre"]),
        ("fr", "Le régime a massacré des civils.", ["régime", "massacré"]),
        ("fr", "Le ministre parle d’un « massacre » et de “terroristes”.", []),
        ("fr", "L’armée parle de terroristes.", ["terroristes"]),
        ("ar", "ارتكب النظام مجزرة بحق المدنيين.", ["النظام", "مجزرة"]),
        ("ar", "وصف المتحدث ما حدث بأنه «مجزرة».", []),
        ("ar", "والإرهابيون هاجموا القرية.", 1),
        ("ar", "نظام التعليم الجديد.", []),
        ("de", "Das Regime.", []),
    ],
)
def test_loaded_words_are_found_outside_quotation_marks_only(language, text, words):
    found = loaded(text, language)
    assert found == words if isinstance(words, list) else len(found) == words


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "At least 24 people were killed.", ["24"]),
        ("en", "The soldiers killed at least 1,200.", ["1,200"]),
        ("en", "Two dozen civilians died.", ["Two", "dozen"]),
        ("en", "The dead were passengers of the two vehicles.", []),
        ("en", "It ordered out 12,000 peacekeepers in 2023.", []),
        ("en", "Soldiers were killed in 2023.", []),
        ("en", "He was killed on 24 March.", []),
        ("fr", "L’attaque a tué vingt-quatre civils.", ["vingt-quatre"]),
        ("fr", "Deux véhicules ont été arrêtés.", []),
        ("ar", "قُتل ٢٤ مدنيا على الأقل.", ["٢٤"]),
        ("ar", "قتل ما لا يقل عن عشرين شخصا.", ["عشرين"]),
    ],
)
def test_numbers_of_people_are_told_from_other_numbers(language, text, numbers):
    assert numbers_of_people(text, language, toll=False) == numbers


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("en", "قتل مدنيون.", True),
        ("ar", "Civilians were killed.", True),
        ("ar", "قال المتحدث “we did not do it” أمس.", False),
        ("en", "They said « قتل مدنيون في القرية أمس ».", False),
        ("taq-Tfng", "ⵜⴰⵎⴰⵣⵉⵖⵜ", False),
        ("en", "1984", False),
        ("ja", "日本語", False),
    ],
)
def test_a_statement_in_another_script_than_its_language_is_noticed(language, text, other):
    assert written_in_another_script(text, language) is other


def test_a_plain_claim_has_no_warnings(draft):
    assert said_of(draft) == ""


def test_the_worked_example_has_only_the_warnings_that_are_true(reviewer):
    """C1, C2 and C3 say what soldiers and Wagner did, and nobody asked either."""
    call_command("load_example", verbosity=0)
    found = {
        key: [item.text for item in warnings(claim, candidate(claim).document)]
        for key in example.CLAIMS
        for claim in [Claim.objects.get(ref=example.ref(key))]
    }
    unasked = "It is about {}, who has not been asked for a reply."
    assert {key: texts for key, texts in found.items() if texts} == {
        "C1": [unasked.format("Malian armed forces")],
        "C2": [unasked.format("Wagner")],
        "C3": [unasked.format("Malian armed forces")],
    }


def test_a_loaded_word_is_named(draft, contributor):
    desk_work.change(draft, contributor, statement="The regime stopped work.")
    assert "outside quotation marks: regime." in said_of(draft, "said")
    desk_work.change(draft, contributor, statement="The “regime” stopped work.")
    assert said_of(draft) == ""


def test_a_loaded_word_in_a_translation_is_named_there(draft, contributor, reviewer):
    with acting(contributor):
        item = draft.translations.create(
            language="fr", text="Le régime a cessé le travail.", created_by=contributor
        )
    with acting(reviewer):
        item.reviewed_by = reviewer
        item.save()
    assert "régime" in said_of(draft, "translations")


def test_a_number_of_people_wants_a_figure(draft, contributor):
    desk_work.change(draft, contributor, statement="At least 24 people died.", harm="grave")
    assert "has no figure: 24." in said_of(draft, "figures")
    figure = {"harm": "killed", "population": "people", "bound": "at_least"}
    with acting(contributor):
        draft.figures.create(**figure, minimum=24, words="at least 24 people")
    assert said_of(draft, "figures") == ""


def test_the_figure_of_another_number_does_not_count(draft, contributor):
    desk_work.change(draft, contributor, statement="24 people died.", harm="grave")
    with acting(contributor):
        draft.figures.create(
            harm="killed", population="people", bound="at_least", minimum=42, words="at least 42"
        )
    assert "has no figure: 24." in said_of(draft, "figures")


def test_a_number_in_a_denial_wants_no_figure(draft, contributor):
    desk_work.change(draft, contributor, statement="No 24 people were killed.", aspect="denial")
    assert said_of(draft, "figures") == ""


def test_people_killed_make_it_grave(draft, contributor):
    with acting(contributor):
        draft.figures.create(
            harm="killed", population="people", bound="exact", minimum=2, maximum=2, words="two"
        )
    assert "harm level is not “grave”" in said_of(draft, "said")
    desk_work.change(draft, contributor, harm="grave")
    assert said_of(draft, "said") == ""


def test_the_claimant_as_the_only_origin_is_noticed(draft, contributor):
    own = desk_work.source(contributor, title="Communiqué", publisher=draft.claimant)
    desk_work.evidence(
        draft, contributor, source=own, basis="own_reporting", exact="We saw.", language="en"
    )
    assert "no independent origin yet" in said_of(draft, "content")
    other = desk_work.speaker(contributor, name="The port", kind=AgentKind.STATE_BODY)
    register = desk_work.source(contributor, title="Harbour register", publisher=other)
    desk_work.evidence(draft, contributor, source=register, basis="document")
    assert said_of(draft, "content") == ""


def test_content_that_only_repeats_somebody_wants_a_quotation(draft, contributor):
    piece = desk_work.evidence(draft, contributor, basis="wire_copy")
    assert "seems to show that it was said" in said_of(draft, "content")
    with acting(contributor):
        piece.exact, piece.language = "Our reporter counted the ships.", "en"
        piece.save()
    assert said_of(draft, "content") == ""


def test_imagery_filed_as_attribution_is_noticed(draft, contributor):
    piece = desk_work.evidence(draft, contributor, bears_on="attribution", basis="imagery")
    assert "not that it was said" in said_of(draft, "attribution")
    with acting(contributor):
        piece.bears_on = "content"
        piece.source = desk_work.source(contributor, title="Satellite image")
        piece.save()
    assert said_of(draft) == ""


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2024-02-20", "is dated after the day this was said"),
        ("2024-02-01", "is dated before the day this was said"),
        ("2024-02-12", ""),
        ("2024-02", ""),
        ("", ""),
    ],
)
def test_dates_that_do_not_fit_are_noticed(contributor, published, words):
    draft = desk_work.draft(contributor, made="2024-02-12")
    report = desk_work.source(contributor, title="Report", published=published)
    desk_work.evidence(draft, contributor, source=report, bears_on="attribution")
    assert said_of(draft, "attribution") == "" if not words else words in said_of(draft)


def test_the_same_source_twice_for_one_question_is_noticed_once(draft, contributor):
    report = desk_work.source(contributor, title="Report")
    desk_work.evidence(draft, contributor, source=report, exact="A.", language="en")
    assert said_of(draft) == ""
    desk_work.evidence(draft, contributor, source=report, exact="B.", language="en")
    assert said_of(draft).count("“Report” is linked more than once") == 1


def test_a_protected_source_linked_twice_is_not_named(draft, reviewer):
    protected = desk_work.source(
        reviewer,
        title="Letter from the clerk",
        access="protected",
        access_reason="Safety.",
        placeholder="one witness",
    )
    for _ in range(2):
        desk_work.evidence(draft, reviewer, source=protected, basis="first_hand_witness")
    assert "“one witness” is linked more than once" in said_of(draft)
    assert "clerk" not in said_of(draft)


def test_a_party_that_is_named_and_was_not_asked_is_noticed(draft, contributor):
    army = desk_work.speaker(contributor, name="The army of Example", party=True)
    with acting(contributor):
        army.names.create(name="AoE", language="en", kind="acronym")
    facts = {"harm": "serious", "aspect": "occurrence"}
    desk_work.change(draft, contributor, statement="The AoE closed the port.", **facts)
    assert "It names The army of Example" in said_of(draft, "replies")

    desk_work.change(draft, contributor, statement="The AoEs closed the port.")
    assert said_of(draft, "replies") == ""

    desk_work.change(draft, contributor, statement="The army of Example closed the port.")
    with acting(contributor):
        draft.reply_requests.create(
            party=army, channel="e-mail", asked_on="2024-02-13", deadline="2024-02-15"
        )
    assert said_of(draft, "replies") == ""


def test_a_party_that_speaks_of_itself_need_not_be_asked(draft, contributor):
    with acting(contributor):
        draft.claimant.party = True
        draft.claimant.save()
    statement = "The union closed the port."
    desk_work.change(draft, contributor, statement=statement, harm="serious")
    assert said_of(draft, "replies") == ""


def test_a_claim_that_says_who_did_it_wants_somebody_asked(draft, contributor):
    desk_work.change(draft, contributor, aspect="perpetrator", harm="serious")
    assert "nobody it accuses has been asked" in said_of(draft, "replies")
    desk_work.change(draft, contributor, harm="ordinary")
    assert said_of(draft, "replies") == ""
