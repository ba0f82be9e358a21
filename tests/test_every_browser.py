"""The ways of readers, the same in Chromium, Firefox and WebKit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engines import Visit
from selenium.webdriver.common.keys import Keys

#: Whether what has the focus is in the window, whole, and not below the header.
IN_VIEW = """
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const header = document.querySelector(".md-header").getBoundingClientRect();
  return header.bottom - 1 <= top && bottom <= innerHeight + 1;
"""


@pytest.fixture(autouse=True)
def silent(visit: Visit) -> Iterator[None]:
    """Nothing that a reader does makes the console speak, or goes against the policy."""
    yield
    assert visit.said() == []


def test_questions_are_there_at_once_and_a_link_to_one_leads_to_it(visit: Visit) -> None:
    visit.afresh("/score/#practice-data-audit")
    seen = (
        "const box = document.getElementById('practice-data-audit').getBoundingClientRect(); return"
    )
    assert visit.js(f"{seen} box.height && box.top >= 0 && box.top < innerHeight / 2")


def test_a_question_is_answered_with_the_mouse_and_the_way_back_leads_to_it(visit: Visit) -> None:
    visit.afresh("/score/")
    first = visit.find("group")
    visit.click("radio", "Most or all", first)
    visit.click("button", "All are true", first)
    assert visit.until("document.querySelector('.mp-panel').innerText.includes('1 of 16')")
    visit.click("button", "See the result")
    assert visit.find("heading", "Result")
    visit.driver.back()
    assert visit.find("group", "Interview leaders")


def test_a_question_is_answered_by_keyboard_and_the_choice_is_marked(visit: Visit) -> None:
    visit.afresh("/score/")
    visit.tab_to(visit.find("radio", "None"))
    visit.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert visit.focus() == visit.find("radio", "At least half")
    assert visit.focus().is_selected()
    ring = "one => getComputedStyle(one.closest('label')).outlineStyle"
    assert visit.js(f"return ({ring})(arguments[0])", visit.focus()) != "none"
    visit.tab_to(visit.find("button", "Next open question"))
    visit.keys(Keys.ENTER)
    assert visit.until("document.activeElement.innerText.includes('Interview leaders')")


@pytest.mark.parametrize("width", [900, 1100, 1280])
def test_the_axes_of_a_matrix_lie_beside_it(visit: Visit, width: int) -> None:
    visit.driver.set_window_rect(0, 0, width, 900)
    visit.afresh("/matrices/opportunity/")
    wrong = visit.js("""
      const box = (selector) => document.querySelector(selector).getBoundingClientRect();
      const [axis, matrix] = [box(".mp-axis--y"), box(".mp-matrix")];
      const isOutside = axis.top < matrix.top - 1 || axis.bottom > matrix.bottom + 1;
      return [isOutside, axis.width < 10, axis.height < 200];
    """)
    visit.driver.set_window_rect(0, 0, 1280, 900)
    assert not any(wrong)


def test_the_steps_of_the_home_page_come_into_view_by_keyboard(visit: Visit) -> None:
    visit.afresh("/")
    visit.driver.set_window_rect(0, 0, 1280, 700)
    out_of_sight = []
    for step in visit.js("return [...document.querySelectorAll('.mp-climb .mp-step')]"):
        visit.tab_to(step)
        if not visit.js(IN_VIEW):
            out_of_sight.append(step.text)
    visit.driver.set_window_rect(0, 0, 1280, 900)
    assert out_of_sight == []
