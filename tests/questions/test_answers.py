"""The measure itself: what counts as an answer in a row, and what does not."""

import pytest

from questions.answers import empty, first_row, holds, listed


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        (["aangescherpte IMVO-uitvoeringsbeleid", "2025"], "het aangescherpte IMVO-uitvoeringsbeleid"),
        (["MoU\u2019s"], "mou's"),
        (["burgemeester van Rotterdam", "Carola Schouten"], "burgemeester van Rotterdam, Carola Schouten"),
        (["gemiddeld een 8,0"], "8,0"),
    ],
)
def test_case_punctuation_and_a_leading_article_do_not_matter(row: list[str], answer: str) -> None:
    assert holds(row, answer)


@pytest.mark.parametrize(("row", "answer"), [(["28,0"], "8,0"), (["155%"], "55%"), (["9.545.000"], "9.545")])
def test_a_number_is_never_found_inside_another(row: list[str], answer: str) -> None:
    assert not holds(row, answer)


def test_words_must_stand_together_in_their_order() -> None:
    assert not holds(["Expo in Riyad", "2030"], "Expo 2030 Riyad")


def test_an_amount_is_held_by_its_normal_form_with_the_unit() -> None:
    assert holds(["verhoging", "4000000", "euro"], "4 miljoen euro")
    assert holds(["verhoging", "20", "procent"], "20%")
    assert not holds(["verhoging", "4000000", "aantal"], "4 miljoen euro")
    assert not holds(["verhoging", "40000000", "euro"], "4 miljoen euro")


def test_yes_and_no_need_a_text_of_their_own() -> None:
    assert holds(["binnen de begroting", "true"], "true")
    assert not holds(["binnen de begroting", "false"], "true")
    assert not holds(["not true"], "true")


def test_a_named_value_needs_name_and_value_in_one_row() -> None:
    answer = "partnerschappen (68%)"
    assert holds(["vervolgstap: partnerschap", "68%"], answer)
    assert not holds(["vervolgstap: partnerschap", "61%"], answer)
    assert first_row([["vervolgstap: partnerschap", "61%"], ["export", "68%"]], answer) is None


def test_the_first_row_that_holds_an_answer_gives_its_rank() -> None:
    rows = [["export verwacht", "61%"], ["vervolgstap: contract", "56%"], ["vervolgstap: contract", "56%"]]
    assert first_row(rows, "contracten (56%)") == 1


def test_a_named_list_may_stand_in_several_rows() -> None:
    rows = [["landbouw", "Kenia"], ["landbouw", "India"], ["water", "Egypte"]]
    assert listed(rows, "landbouw: Kenia, India")
    assert not listed(rows, "landbouw: Kenia, Egypte")


def test_that_none_is_left_out_is_held_when_no_row_says_no() -> None:
    assert empty([["Duitsland", "ja"]], "geen (alle tien)")
    assert not empty([["Duitsland", "ja"], ["China", "nee"]], "geen (alle tien)")
    assert not empty([], "geen (alle tien)")
