//! The two hands of whoever works with the window: a flow that is written once is done by mouse alone and by keyboard
//! alone, in the words of the page.

use keyrack_tests::{Outcome, Page, failure};
use serde_json::json;

use crate::{MONDAY, THURSDAY, TUESDAY, WEDNESDAY};

/// The rows and the first columns of the small hotel, as the arrow keys go.
const TYPES: [&str; 3] = ["Single", "Double", "Suite"];
const NIGHTS: [&str; 4] = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY];
/// No menu and no row of tabs that is gone through by arrows is longer.
const MOST_ARROWS: usize = 20;
/// The longest list to pick from is that of what may be done in the hotel.
const MOST_CHOICES: usize = 100;

/// What a flow is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Mouse,
    Keys,
}

use Hand::{Keys, Mouse};

fn steps(all: &[&str], wanted: &str) -> usize {
    all.iter().take_while(|each| **each != wanted).count()
}

impl Hand {
    /// Goes to a night of a room type.
    pub async fn cell(self, page: &Page, room_type: &str, night: &str) -> Outcome {
        if self == Mouse {
            return page.click_cell(room_type, night).await;
        }
        // From wherever the hands are: Escape leads to the calendar.
        page.press(&["Escape", "Ctrl+Home", "Up", "Up", "Up", "Up"])
            .await?;
        for _ in 0..steps(&TYPES, room_type) {
            page.press(&["Down"]).await?;
        }
        for _ in 0..steps(&NIGHTS, night) {
            page.press(&["Right"]).await?;
        }
        Ok(())
    }

    /// Begins what a letter in the calendar begins; there is a button for each.
    pub async fn begin(self, page: &Page, letter: &str, button: &str) -> Outcome {
        if self == Keys {
            return page.press(&[letter]).await;
        }
        page.click("button", button).await
    }

    /// Presses the button of this name.
    pub async fn press(self, page: &Page, button: &str) -> Outcome {
        if self == Keys {
            page.tab_to("button", button).await?;
            return page.press(&["Enter"]).await;
        }
        let button = page.named("button", button).await?;
        page.scroll_to(&button).await?;
        page.click_on(&button).await
    }

    /// Writes into the field of this name, in the place of what stands there.
    pub async fn write(self, page: &Page, field: &str, text: &str) -> Outcome {
        if self == Mouse {
            let element = page.named("textbox", field).await?;
            page.scroll_to(&element).await?;
            return page.fill(field, text).await;
        }
        page.tab_to("textbox", field).await?;
        page.press(&["Ctrl+a"]).await?;
        page.type_text(text).await
    }

    /// Picks from the list of this name. The system draws an open list, where the driver's mouse does not reach: it
    /// picks for the hand.
    pub async fn choose(self, page: &Page, list: &str, choice: &str) -> Outcome {
        if self == Keys {
            page.tab_to("combobox", list).await?;
            page.press(&["Home"]).await?;
            let picked = "return document.activeElement.selectedOptions[0].textContent.trim()";
            for _ in 0..MOST_CHOICES {
                if page.run(picked, vec![]).await? == choice {
                    return Ok(());
                }
                page.press(&["Down"]).await?;
            }
            return failure(format!("{list} has no {choice:?}"));
        }
        let list = page.named("combobox", list).await?;
        Ok(list.select_by_label(choice).await?)
    }

    /// Ticks the box of this name.
    pub async fn tick(self, page: &Page, checkbox: &str) -> Outcome {
        if self == Keys {
            page.tab_to("checkbox", checkbox).await?;
            return page.press(&[" "]).await;
        }
        let checkbox = page.named("checkbox", checkbox).await?;
        page.scroll_to(&checkbox).await?;
        page.click_on(&checkbox).await
    }

    /// Goes where the menu of this name leads: to a place beside the calendar, or out of the door.
    pub async fn go(self, page: &Page, menu: &str, place: &str) -> Outcome {
        if self == Mouse {
            page.click("button", menu).await?;
            let item = page.beginning("menuitem", place).await?;
            return page.click_on(&item).await;
        }
        // The menu of the places has a key; that of who is signed in is reached as any button is.
        if menu == "Places" {
            page.press(&["F10"]).await?;
        } else {
            page.tab_to("button", menu).await?;
            page.press(&["Enter"]).await?;
        }
        page.beginning("menuitem", place).await?;
        arrow_to(page, "Down", place).await?;
        page.press(&["Enter"]).await
    }

    /// Shows what a tab is for: a list of the day below the calendar, a picture.
    pub async fn sheet(self, page: &Page, tab: &str) -> Outcome {
        if self == Mouse {
            let tab = page.beginning("tab", tab).await?;
            return page.click_on(&tab).await;
        }
        let on_a_tab = "return document.activeElement.getAttribute('role') === 'tab'";
        for _ in 0..MOST_ARROWS {
            if page.run(on_a_tab, vec![]).await? == true {
                return arrow_to(page, "Right", tab).await;
            }
            page.press(&["Tab"]).await?;
        }
        failure("Tab does not lead to a row of tabs")
    }

    /// Goes with Tab and the arrows to the row that begins with `name`.
    pub async fn row(self, page: &Page, name: &str) -> Outcome {
        page.beginning("row", name).await?;
        let on_a_row = "return document.activeElement.matches('tbody tr')";
        for _ in 0..2 * MOST_ARROWS {
            if page.run(on_a_row, vec![]).await? == true {
                return arrow_to(page, "Down", name).await;
            }
            page.press(&["Tab"]).await?;
        }
        failure(format!("Tab does not lead to the row {name:?}"))
    }

    /// Opens a booking: its row, or the search.
    pub async fn open(self, page: &Page, number: &str, guest: &str) -> Outcome {
        if self == Mouse {
            let row = page.beginning("row", &format!("{number} {guest}")).await?;
            page.click_on(&row).await?;
        } else {
            page.press(&["Ctrl+f"]).await?;
            page.type_text(number).await?;
            page.beginning("option", guest).await?;
            page.press(&["Enter"]).await?;
        }
        let card = "return document.querySelector('aside').dataset.side";
        page.until("the card", card, vec![], |side| side == "card")
            .await
            .map(drop)
    }

    /// Goes back to the calendar, from a panel or from a place.
    pub async fn back(self, page: &Page) -> Outcome {
        if self == Keys {
            return page.press(&["Escape"]).await;
        }
        let place = "return document.querySelector('[data-place]') !== null";
        let name = if page.run(place, vec![]).await? == true {
            "Back to the calendar"
        } else {
            "Close"
        };
        let button = page.beginning("button", name).await?;
        page.click_on(&button).await
    }
}

/// Presses an arrow until what has the focus begins with `name`.
async fn arrow_to(page: &Page, arrow: &str, name: &str) -> Outcome {
    let there = "const { ariaLabel, textContent } = document.activeElement; \
        return [ariaLabel, textContent].some((text) => text?.trim().startsWith(arguments[0]))";
    for _ in 0..MOST_ARROWS {
        if page.run(there, vec![json!(name)]).await? == true {
            return Ok(());
        }
        page.press(&[arrow]).await?;
    }
    failure(format!("the arrow {arrow} does not lead to {name:?}"))
}
