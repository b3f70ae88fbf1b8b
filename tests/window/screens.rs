//! Each screen in each look: light, dark, of high contrast, twice its size, narrow, and in other languages.

use keyrack_tests::{Hotel, Outcome, Page, Session};

const LOOKS: [&str; 3] = ["Light", "Dark", "High contrast"];
/// Places by their order in the menu that F10 opens.
const PLACES: [&str; 5] = ["charts", "transfer", "backups", "settings", "health"];

/// Chooses the look from the menu in the bar.
async fn paint(page: &Page, look: &str) -> Outcome {
    page.click("button", "Appearance").await?;
    page.click("menuitemradio", look).await?;
    page.press(&["Escape"]).await
}

async fn open(page: &Page, place: &str) -> Outcome {
    page.press(&["F10"]).await?;
    let names = "return [...document.querySelectorAll('[role=menuitem]')].length";
    page.until("the menu", names, vec![], |count| count.as_u64() > Some(5))
        .await?;
    let order = [
        "charts", "alerts", "centre", "health", "audit", "explain", "transfer", "backups", "staff",
        "settings",
    ];
    let at = order.iter().position(|known| *known == place).unwrap_or(0);
    for _ in 0..at {
        page.press(&["Down"]).await?;
    }
    page.press(&["Enter"]).await?;
    let shown = "return document.querySelector('[data-place]')?.dataset.place ?? ''";
    page.until(place, shown, vec![], |found| found == place)
        .await
        .map(drop)
}

/// Nothing that is to be read runs out of the window at its side.
async fn fits(page: &Page, screen: &str) -> Outcome {
    let script = "return [document.documentElement.scrollWidth, innerWidth]";
    let widths = page.run(script, vec![]).await?;
    assert!(
        widths[0].as_u64() <= widths[1].as_u64(),
        "{screen}: {widths}"
    );
    Ok(())
}

#[tokio::test]
async fn the_new_places_are_readable_in_every_palette() -> Outcome {
    let hotel = Hotel::small()?;
    hotel.done(&[
        "reserve",
        "DBL:2026-06-01:2026-06-03",
        "--guest",
        "Ada King",
    ])?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    for look in LOOKS {
        paint(page, look).await?;
        for place in PLACES {
            open(page, place).await?;
            let screen = format!("{place}-{}", look.to_lowercase().replace(' ', "-"));
            page.picture(&screen).await?;
            page.accessible(&screen).await?;
            fits(page, &screen).await?;
            page.press(&["Escape"]).await?;
        }
    }
    session.close().await
}

#[tokio::test]
async fn twice_its_size_the_bar_keeps_a_line_and_its_keys_open_the_rest() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    page.press(&["Ctrl+=", "Ctrl+=", "Ctrl+=", "Ctrl+="])
        .await?;
    let bar = "return document.querySelector('header').getBoundingClientRect().height";
    page.until("one line", bar, vec![], |height| {
        height.as_f64() < Some(60.0)
    })
    .await?;
    fits(page, "twice").await?;
    page.picture("twice-grid").await?;
    page.press(&["Ctrl+f"]).await?;
    page.type_text("ada").await?;
    page.picture("twice-unfolded").await?;
    page.accessible("twice-unfolded").await?;
    // The dates are still there to be read, below what was unfolded.
    let seen = "const day = [...document.querySelectorAll('[role=columnheader]')] \
        .find((each) => each.getAttribute('aria-label')?.includes('business date')); \
        const box = day.getBoundingClientRect(); \
        const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2); \
        return day.contains(there)";
    page.until("the dates", seen, vec![], |seen| *seen == true)
        .await?;
    page.press(&["Escape", "Escape"]).await?;
    // The driver's mouse does not know of the size, so the button is pressed by key.
    page.run("document.querySelector('.unfold').focus()", vec![])
        .await?;
    page.press(&["Enter"]).await?;
    page.named("button", "14 days").await?;
    page.press(&["Tab", "Tab", "Escape"]).await?;
    let folded = "return getComputedStyle(document.querySelector('#folded')).display";
    page.until("the rest to fold", folded, vec![], |display| {
        display == "none"
    })
    .await?;
    session.close().await
}

#[tokio::test]
async fn german_and_french_fit_their_screens() -> Outcome {
    let hotel = Hotel::small()?;
    for language in ["de_DE", "fr_FR"] {
        let session = Session::speaking(language, hotel.file()).await?;
        let page = &session.page();
        page.ready("grid").await?;
        fits(page, language).await?;
        page.picture(&format!("grid-{language}")).await?;
        for place in ["charts", "transfer", "backups"] {
            open(page, place).await?;
            let screen = format!("{place}-{language}");
            page.picture(&screen).await?;
            fits(page, &screen).await?;
            page.press(&["Escape"]).await?;
        }
        session.close().await?;
    }
    Ok(())
}

/// What opens beside the calendar, by its key.
const PANELS: [(&str, &str); 10] = [
    ("n", "booking"),
    ("o", "outage"),
    ("r", "limits"),
    ("a", "group"),
    ("w", "waitlist"),
    ("d", "end-of-day"),
    ("u", "recent"),
    ("e", "explained"),
    ("?", "keys"),
    ("Ctrl+p", "print"),
];
const MOVING: &str = "return document.getAnimations().length";
const EVERY_PLACE: [&str; 10] = [
    "charts", "alerts", "centre", "health", "audit", "explain", "transfer", "backups", "staff",
    "settings",
];

/// Every panel and every place in German, in one look; nothing runs out of its window.
async fn every_screen(page: &Page, look: &str) -> Outcome {
    page.picture(&format!("de-{look}-grid")).await?;
    for (key, panel) in PANELS {
        page.press(&["Escape", "Escape", key]).await?;
        page.until("what slides to rest", MOVING, vec![], |moving| *moving == 0)
            .await?;
        let screen = format!("de-{look}-{panel}");
        page.picture(&screen).await?;
        fits(page, &screen).await?;
    }
    page.press(&["Escape", "Escape"]).await?;
    for place in EVERY_PLACE {
        open(page, place).await?;
        let screen = format!("de-{look}-{place}");
        page.picture(&screen).await?;
        fits(page, &screen).await?;
        page.press(&["Escape"]).await?;
    }
    Ok(())
}

#[tokio::test]
async fn every_screen_fits_in_german_in_the_dark_and_at_twice_its_size() -> Outcome {
    let hotel = Hotel::small()?;
    for guest in ["Ada King", "Ivo Brandt"] {
        hotel.done(&["reserve", "DBL:2026-06-01:2026-06-03", "--guest", guest])?;
    }
    hotel.done(&[
        "outage",
        "add",
        "SGL:2026-06-02:2026-06-04:1",
        "--reason",
        "Maler",
    ])?;
    hotel.done(&[
        "allotment",
        "open",
        "Chor",
        "--kind",
        "committed",
        "DBL:2026-06-02:2026-06-04:2",
    ])?;
    let session = Session::speaking("de_DE", hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    page.press(&["h"]).await?;
    every_screen(page, "light").await?;
    page.click("button", "Darstellung").await?;
    page.click("menuitemradio", "Dunkel").await?;
    page.press(&["Escape"]).await?;
    every_screen(page, "dark").await?;
    page.press(&["Ctrl+=", "Ctrl+=", "Ctrl+=", "Ctrl+="])
        .await?;
    every_screen(page, "twice").await?;
    session.close().await
}
