"""What cannot be kept gets a message at its field; nothing typed is lost, and nothing breaks."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Claim

from .pages import claim_page, form_of, make_move, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("statement", "They \0 stopped.", "Null characters are not allowed."),
        ("statement", "x" * 2001, "at most 2000 characters (it has 2001)"),
        ("claimant_role", "x" * 201, "at most 200 characters (it has 201)"),
        ("made", "last Monday", "“last Monday” is no EDTF date."),
        ("made", "2024-13-45", "“2024-13-45” is no EDTF date."),
        ("made", "2024/2023", "ends before it begins"),
        ("language", "frenchish-", "“frenchish-” is no language tag."),
        ("language", "x" * 36, "at most 35 characters"),
        ("harm", "terrible", "terrible is not one of the available choices."),
        ("claimant", "99999999999999999999999", "That choice is not one of the available choices."),
        ("claimant", "\0", "Null characters are not allowed."),
        ("evidence-0-language", "klingon please", "is no language tag"),
        ("evidence-0-exact", "with \0 in it", "Null characters are not allowed."),
        ("evidence-0-source", "nothing", "That choice is not one of the available choices."),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_at_its_field(
    desk, draft, contributor, field, value, message
):
    client = desk(contributor)
    typed = form_of(client.get(claim_page(draft))) | {"wanted": "A record.", field: value}
    answer = client.post(claim_page(draft), typed)
    assert answer.status_code == 200
    assert message in words_of(answer)
    assert form_of(answer)["wanted"] == "A record."
    draft.refresh_from_db()
    assert draft.wanted == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("made", "last Monday"), ("statement", "x" * 2001), ("language", "no tag at all")],
)
def test_what_was_refused_stands_in_the_form_again(desk, draft, contributor, field, value):
    client = desk(contributor)
    answer = client.post(claim_page(draft), form_of(client.get(claim_page(draft))) | {field: value})
    assert form_of(answer)[field] == value


def test_a_browser_is_not_told_to_cut_off_what_is_too_long(desk, draft, contributor):
    assert "maxlength" not in desk(contributor).get(claim_page(draft)).content.decode()


def test_a_note_with_a_nul_in_it_is_refused_at_its_field(desk, draft, contributor):
    answer = make_move(desk(contributor), draft, "submit", note="a\0b")
    assert "Null characters are not allowed." in words_of(answer)
    assert not draft.moves.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/claims/claim/?q=%00",
        "/admin/claims/claim/?state__exact=%00",
        "/admin/claims/claim/?who=%00",
        "/admin/autocomplete/?app_label=claims&model_name=claim&field_name=claimant&term=%00",
        "/admin/claims/claim/?p=%00",
    ],
)
def test_a_nul_in_an_address_is_a_bad_request(desk, contributor, address):
    assert desk(contributor).get(address).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/admin/claims/claim/?state__exact=nowhere",
        "/admin/claims/claim/?event__id__exact=many",
        "/admin/claims/claim/?p=99999999999999999999",
        "/admin/claims/claim/?o=x.y.z",
        "/admin/claims/claim/?q=%ED%A0%80",
        "/admin/claims/claim/99999999999999999999/change/",
        "/admin/claims/claim/%00/change/",
        "/admin/claims/claim/add/?claimant=many&aspect=%ED%A0%80",
    ],
)
def test_a_malformed_address_never_breaks_the_desk(desk, contributor, address):
    assert desk(contributor).get(address, follow=True).status_code < 500


def test_a_form_that_was_tampered_with_is_refused(desk, draft, contributor):
    client = desk(contributor)
    typed = form_of(client.get(claim_page(draft)))
    for field, value in (
        ("evidence-TOTAL_FORMS", "many"),
        ("evidence-0-id", "x"),
        ("evidence-0-claim", "0"),
    ):
        answer = client.post(claim_page(draft), typed | {field: value, "wanted": "A record."})
        assert answer.status_code in (200, 400)
    draft.refresh_from_db()
    assert draft.wanted == ""


def test_the_author_cannot_be_chosen(desk, draft, contributor, reviewer):
    client = desk(contributor)
    typed = form_of(client.get(claim_page(draft)))
    assert not {name for name in typed if name.endswith(("created_by", "assessed_by"))}
    client.post(claim_page(draft), typed | {"created_by": reviewer.pk, "state": "published"})
    draft.refresh_from_db()
    assert (draft.created_by, draft.state) == (contributor, "draft")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_either_kept_or_refused_with_a_message(desk, draft, contributor, text):
    client = desk(contributor)
    typed = form_of(client.get(claim_page(draft)))
    fields = dict.fromkeys(("statement", "made", "language", "claimant_role"), text)
    answer = client.post(claim_page(draft), typed | fields)
    assert answer.status_code in (200, 302)
    assert Claim.objects.get().state == "draft"
