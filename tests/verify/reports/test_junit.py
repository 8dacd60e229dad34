"""JUnit XML as CI servers read it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from callsheet.verify.cells import Outcome
from callsheet.verify.reports import junit
from verify.reports import made

CHILDREN = {"testsuites": {"testsuite"}, "testsuite": {"testcase"}}
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "file", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"classname", "name", "file", "line", "time"},
    "failure": {"message", "type"},
    "skipped": {"message"},
}


def parsed(outcome: Outcome) -> ET.Element:
    return ET.fromstring(junit.render(outcome).encode())


def case(root: ET.Element, example: str, name: str) -> ET.Element:
    (found,) = (
        c for c in root.iter("testcase") if (c.get("classname"), c.get("name")) == (example, name)
    )
    return found


@pytest.mark.parametrize("outcome", [made.outcome(), made.hostile(), Outcome("s", ())])
def test_the_structure_is_junit_s(outcome: Outcome) -> None:
    root = parsed(outcome)
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) == ATTRIBUTES[element.tag]
        known = CHILDREN.get(element.tag, {"failure", "skipped"})
        assert {child.tag for child in element} <= known
    assert len(list(root.iter("testcase"))) == len(outcome.verdicts)


@pytest.mark.parametrize("outcome", [made.outcome(), made.hostile()])
def test_the_counts_are_those_of_the_cases(outcome: Outcome) -> None:
    root = parsed(outcome)
    for element in (root, *root.iter("testsuite")):
        assert element.get("tests") == str(len(list(element.iter("testcase"))))
        assert element.get("failures") == str(len(list(element.iter("failure"))))
        assert element.get("skipped") == str(len(list(element.iter("skipped"))))


def test_a_suite_is_an_example_and_a_case_is_a_client() -> None:
    root = parsed(made.outcome())
    assert [suite.get("name") for suite in root] == ["create-order", "upload-照片"]
    found = case(root, "create-order", "python/openai")
    assert (found.get("file"), found.get("line")) == ("spec/shop.yaml", "12")


@pytest.mark.parametrize(
    ("example", "name", "tag", "message"),
    [
        ("create-order", "php/curl", "skipped", "unavailable: `php` is not on PATH"),
        ("create-order", "java/http-client", "failure", "`javac` is not on PATH"),
        ("upload-照片", "python/openai", "skipped", "unsupported: the SDK sends no multipart"),
        ("upload-照片", "go/net-http", "skipped", "expected-failure: known until"),
        ("upload-照片", "python/requests", "failure", "it passes, but the spec says"),
        ("create-order", "python/openai", "failure", "method: expected 'POST', got 'PUT', and 3"),
    ],
)
def test_each_status_is_told(example: str, name: str, tag: str, message: str) -> None:
    (told,) = case(parsed(made.outcome()), example, name)
    assert told.tag == tag
    assert told.get("message", "").startswith(message)


def test_a_pass_holds_nothing() -> None:
    assert len(case(parsed(made.outcome()), "create-order", "curl/curl")) == 0


def test_a_failure_holds_the_diff_and_the_stderr() -> None:
    (failure,) = case(parsed(made.outcome()), "create-order", "python/openai")
    assert failure.get("type") == "not matched"
    assert "- expected  'POST'\n+ got       'PUT'" in str(failure.text)
    assert "| KeyError: 'id'" in str(failure.text)


def test_without_a_requirement_nothing_unavailable_fails() -> None:
    root = parsed(replace(made.outcome(), required=()))
    assert root.get("failures") == "3"
