"""The page of a question of Members, which is also that of the answer to it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, cast

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request

from tradegraph.explore.kinds import kind_of
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, ID, PREFIXES
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.document_facts import by_property, in_language, one_of, own_notes, thing_actions
from tradegraph.web.explorer.document_page import Reference
from tradegraph.web.explorer.document_passages import Read, passage_views
from tradegraph.web.explorer.question_list import COLUMNS, list_rows, list_view, narrowed
from tradegraph.web.explorer.record_lines import Records
from tradegraph.web.explorer.row_files import format_asked, send_rows
from tradegraph.web.frame import check_parameters
from tradegraph.web.notes import Link, Notes, Text
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say

QUESTION: Final = ID + "question/"
ANSWER: Final = ID + "answer/"
_ELI: Final = PREFIXES["eli"]


def add_routes(routes: Blueprint, site: Site) -> None:
    """Put the routes of questions and answers on `routes`."""

    @routes.get("/<any(nl, en):language>/question/")
    def question_list(language: Language) -> Response:
        check_parameters(request.args, ("topic", "disposition", "q", "page", "format"))
        form = format_asked()
        if form:
            return send_rows(site, language, form, "questions", COLUMNS, lambda: list_rows(site, language))
        return site.page("question_list.html", language, lambda: list_view(site, language))

    @routes.get("/<any(nl, en):language>/question/<key>")
    def question(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        return site.page("question_page.html", language, lambda: question_view(site, language, QUESTION + key, ""))

    @routes.get("/<any(nl, en):language>/answer/")
    def answer_list(language: Language) -> Response:
        check_parameters(request.args, ())
        return cast("Response", redirect(f"/{language}/question/", 303))

    @routes.get("/<any(nl, en):language>/answer/<key>")
    def answer(language: Language, key: str) -> Response:
        check_parameters(request.args, ())

        def view() -> Mapping[str, object]:
            one = site.panel("answer_question", {"answer": ox.NamedNode(ANSWER + key)})
            if not one.rows:
                raise _missing(language, "answer", key)
            return question_view(site, language, iri(one.rows[0], "question"), ANSWER + key)

        return site.page("question_page.html", language, view)


def _missing(language: Language, kind: str, key: str) -> RequestError:
    remedy = f"All questions with their answers are listed at /{language}/question/."
    return RequestError(404, f"There is no {kind} “{key}” in this release.", remedy)


def question_view(site: Site, language: Language, question: str, answer: str) -> Mapping[str, object]:
    """Return what the page of a question needs, or that of its `answer`; RequestError 404 for one that there is not."""
    node = {"question": ox.NamedNode(question)}
    head = site.panel("question_head", node)
    said = by_property(row for row in head.rows if iri(row, "thing") == question)
    if not said:
        raise _missing(language, "question", question.removeprefix(QUESTION))
    answered = next((iri(row, "thing") for row in head.rows if iri(row, "thing") != question), "")
    reply = by_property(row for row in head.rows if iri(row, "thing") == answered)
    notes = site.notes(language)
    facts, records = site.panel("question_facts", node), site.panel("question_records", node)
    left_open, referring = site.panel("question_open", node), site.panel("question_referring", node)
    document = one_of(said, _ELI + "is_part_of")
    number = int(one_of(said, DEF + "questionNumber") or 0)
    things = [term.value for found in (said, reply) for terms in found.values() for term in terms]
    links = site.links([one for one in things if one.startswith(ID)] + [question, document], language)
    asked = [term.value for term in said.get(DEF + "statedIn", ())]
    answers = [term.value for term in reply.get(DEF + "statedIn", ())]
    name = links[question].text
    read = Read.of(site, language, facts.rows, records.rows)
    passages = passage_views(site, language, [*asked, *answers], read, {})
    title = say(language, "doc_answer_to", name=name) if answer else name
    subject = answer or question
    around = _around(site, language, document, number)
    view = {
        "kind": kind_of(subject),
        "title": Text(title),
        "subject": subject,
        "question": links[question],
        "document": links[document],
        "pages": one_of(said, DEF + "aboutPages"),
        "asked": _said(said, language),
        "asked_marks": notes.mark(asked, say(language, "doc_question_text"), record=question),
        "notes": (*own_notes(said, language), *own_notes(reply, language)),
        "topics": tuple(
            Link(links[term.value].text, href=narrowed(language, "topic", term.value))
            for term in said.get(DEF + "topic", ())
        ),
        "answered": _said(reply, language),
        "answer": page_address(answered, language) if answered else "",
        "answered_marks": notes.mark(answers, say(language, "doc_answer_text"), record=answered),
        "dispositions": tuple(
            Link(links[term.value].text, href=narrowed(language, "disposition", term.value))
            for term in reply.get(DEF + "answerDisposition", ())
        ),
        "disposition_texts": _definitions(
            site, language, [term.value for term in reply.get(DEF + "answerDisposition", ())]
        ),
        "grounds": tuple(links[term.value] for term in reply.get(DEF + "nonDisclosureGround", ())),
        "refers": tuple(links[term.value] for term in reply.get(DEF + "refersToAnswer", ())),
        "refers_names": _answer_names(site, language, [term.value for term in reply.get(DEF + "refersToAnswer", ())]),
        "cites": tuple(links[term.value] for term in reply.get(DEF + "citesDocument", ())),
        "referring": tuple(
            site.links([iri(row, "question_of")], language)[iri(row, "question_of")] for row in referring.rows
        ),
        "open": _open(site, notes, language, left_open, records),
        "passages": passages,
        "fact_count": len({line.iri for one in passages for line in one.lines}),
        "commitments": tuple(
            {line.iri: line for one in passages for line in one.lines if line.kind.key == "commitment"}.values()
        ),
        "previous": around[0],
        "next": around[1],
        "query_passages": facts.address(language),
        "actions": thing_actions(site, language, subject, [head, facts, records, left_open, referring]),
    }
    return {**view, "sources": notes.sources()}


def _said(said: Mapping[str, list[ox.NamedNode | ox.Literal]], language: Language) -> Text | None:
    for term in in_language(said.get(DEF + "text", ()), language):
        if isinstance(term, ox.Literal):
            return Text(term.value, term.language if term.language and term.language != language else "")
    return None


def _definitions(site: Site, language: Language, concepts: list[str]) -> tuple[tuple[str, Text], ...]:
    """Return what each concept means, with its name, as the code list says it."""
    names, found = site.named(concepts, language), []
    notes = site.notes(language)
    for concept in concepts:
        panel = site.panel("passage_about", {"thing": ox.NamedNode(concept)})
        texts = {
            term.language or "": term.value
            for term in by_property(panel.rows).get(PREFIXES["skos"] + "definition", ())
            if isinstance(term, ox.Literal)
        }
        if (meaning := notes.text(texts)) is not None:
            found.append((names[concept].text, meaning))
    return tuple(found)


def _answer_names(site: Site, language: Language, answers: list[str]) -> tuple[Link, ...]:
    """Return links to answers under the names of their questions: an answer has none of its own."""
    found = []
    for answer in answers:
        panel = site.panel("answer_question", {"answer": ox.NamedNode(answer)})
        for row in panel.rows:
            question = site.links([iri(row, "question")], language)[iri(row, "question")]
            name = say(language, "doc_answer_to", name=question.text)
            found.append(Link(name, question.language, page_address(answer, language)))
    return tuple(sorted(found, key=lambda link: link.text))


def _open(site: Site, notes: Notes, language: Language, panel: Panel, records: Panel) -> tuple[Reference, ...]:
    passages: dict[str, list[str]] = defaultdict(list)
    why: dict[str, set[str]] = defaultdict(set)
    for row in panel.rows:
        one = iri(row, "record")
        if kind_of(one).key == "answer":
            continue
        passages[one].append(iri(row, "passage"))
        why[one] |= {iri(row, name) for name in ("reason", "ground") if iri(row, name)}
    lines = Records(site, language, records.rows).lines(passages)
    names = site.named({value for values in why.values() for value in values}, language)
    return tuple(
        Reference(
            lines[one].link,
            notes.mark(passages[one], record=one),
            ", ".join(sorted(names[value].text for value in why[one])),
            lines[one].kind,
        )
        for one in passages
    )


def _around(site: Site, language: Language, document: str, number: int) -> tuple[Link | None, Link | None]:
    """Return links to the questions before and after one."""
    numbers = {
        int(text(row, "number")): iri(row, "question")
        for row in site.panel("document_questions", {"document": ox.NamedNode(document)}).rows
    }
    near = [numbers.get(number - 1, ""), numbers.get(number + 1, "")]
    links = site.links([one for one in near if one], language)
    return links.get(near[0]), links.get(near[1])
