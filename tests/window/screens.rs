//! Each screen in each look: light, dark, of high contrast, twice its size, narrow, and in other languages.

use keyrack_tests::{Hotel, Outcome, Page, Session};

use crate::{booked, opened};

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
        .await?;
    page.rests().await
}

/// Nothing that is to be read runs out of the window at its side.
async fn fits(page: &Page, screen: &str) -> Outcome {
    let script = "return [document.documentElement.scrollWidth, innerWidth]";
    let widths = page.run(script, vec![]).await?;
    assert!(
        widths[0].as_u64() <= widths[1].as_u64(),
        "{screen}: {widths}"
    );
    page.whole(screen).await
}

#[tokio::test]
async fn the_new_places_are_readable_in_every_palette() -> Outcome {
    let hotel = booked(&[("DBL:2026-06-01:2026-06-03", "Ada King")])?;
    let session = opened(&hotel).await?;
    let page = &session.page();
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

/// What opens beside the calendar, by its key: what it is, and what its picture is called.
const PANELS: [(&str, &str, &str); 10] = [
    ("n", "booking", "booking"),
    ("o", "outage", "outage"),
    ("r", "limits", "limits"),
    ("a", "new_group", "group"),
    ("w", "waitlist", "waitlist"),
    ("d", "end_of_day", "end-of-day"),
    ("u", "recent", "recent"),
    ("e", "cell", "explained"),
    ("?", "help", "keys"),
    ("Ctrl+p", "print", "print"),
];
const EVERY_PLACE: [&str; 10] = [
    "charts", "alerts", "centre", "health", "audit", "explain", "transfer", "backups", "staff",
    "settings",
];

/// Every panel and every place, in one look; nothing of them is cut off.
async fn every_screen(page: &Page, look: &str) -> Outcome {
    let mut cut = Vec::new();
    let mut see = async |screen: String| {
        page.picture(&screen).await?;
        cut.extend(fits(page, &screen).await.err().map(|each| each.to_string()));
        Outcome::Ok(())
    };
    page.rests().await?;
    see(format!("{look}-grid")).await?;
    for (key, panel, name) in PANELS {
        page.press(&["Escape", "Escape", key]).await?;
        page.beside(panel).await?;
        see(format!("{look}-{name}")).await?;
    }
    page.press(&["Escape", "Escape"]).await?;
    for place in EVERY_PLACE {
        open(page, place).await?;
        see(format!("{look}-{place}")).await?;
        page.press(&["Escape"]).await?;
    }
    assert!(cut.is_empty(), "\n{}", cut.join("\n"));
    Ok(())
}

/// A hotel with something in every list.
fn furnished() -> Outcome<Hotel> {
    let stay = "DBL:2026-06-01:2026-06-03";
    let hotel = booked(&[(stay, "Ada King"), (stay, "Ivo Brandt")])?;
    let outage = ["outage", "add", "SGL:2026-06-02:2026-06-04:1"];
    hotel.done(&[&outage[..], &["--reason", "Maler"]].concat())?;
    let group = ["allotment", "open", "Chor", "--kind", "committed"];
    hotel.done(&[&group[..], &["DBL:2026-06-02:2026-06-04:2"]].concat())?;
    Ok(hotel)
}

#[tokio::test]
async fn every_screen_fits_in_german_in_the_dark_and_at_twice_its_size() -> Outcome {
    let hotel = furnished()?;
    let session = Session::speaking("de_DE", hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    page.press(&["h"]).await?;
    page.click("button", "Ausblenden").await?;
    page.looks("light", 100).await?;
    every_screen(page, "de-light").await?;
    page.click("button", "Darstellung").await?;
    page.click("menuitemradio", "Dunkel").await?;
    page.press(&["Escape"]).await?;
    page.looks("dark", 100).await?;
    every_screen(page, "de-dark").await?;
    page.press(&["Ctrl+=", "Ctrl+=", "Ctrl+=", "Ctrl+="])
        .await?;
    page.looks("dark", 200).await?;
    every_screen(page, "de-twice").await?;
    session.close().await
}

/// The pictures of the guide: the sample hotel with something in every list, in light and in the dark.
#[tokio::test]
async fn every_screen_of_the_sample_fits_in_light_and_in_the_dark() -> Outcome {
    let hotel = Hotel::sample()?;
    hotel.done(&["jobs", "run"])?;
    let outage = ["outage", "add", "A:2017-06-03:2017-06-06:2"];
    hotel.done(&[&outage[..], &["--reason", "Water damage"]].concat())?;
    let group = ["allotment", "open", "Chess club", "--kind", "committed"];
    hotel.done(&[&group[..], &["A:2017-06-02:2017-06-05:6"]].concat())?;
    let waits = ["waitlist", "join", "F:2017-06-19:2017-06-21"];
    hotel.done(&[&waits[..], &["--guest", "Nora Late"]].concat())?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    // Standard double, of which most is sold; and something that was done in this window.
    page.press(&["Down", "Down", "h"]).await?;
    page.click("button", "Dismiss").await?;
    page.looks("light", 100).await?;
    every_screen(page, "sample-light").await?;
    paint(page, "Dark").await?;
    page.looks("dark", 100).await?;
    every_screen(page, "sample-dark").await?;
    session.close().await
}

/// What finds nothing on a sound screen finds what is put there to be found.
#[tokio::test]
async fn what_is_cut_off_is_seen() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    page.press(&["n"]).await?;
    page.beside("booking").await?;
    page.whole("a sound screen").await?;
    for planted in [
        "document.querySelector('aside .field').style.minWidth = '60rem'",
        "const name = document.querySelector('aside h2'); name.style.overflow = 'hidden'; \
            name.style.whiteSpace = 'nowrap'; name.style.width = '2rem'",
        "const name = document.querySelector('aside h2'); name.style.overflow = 'hidden'; \
            name.style.height = '0.5rem'",
        "const button = document.querySelector('aside [type=submit]'); button.style.width = '1rem'",
    ] {
        page.run(planted, vec![]).await?;
        assert!(page.whole("planted").await.is_err(), "{planted}");
        page.press(&["Escape", "n"]).await?;
        page.beside("booking").await?;
        page.whole("a sound screen again").await?;
    }
    session.close().await
}
