//! Papers: printed from the desk, and what stands on them is what the command line lists.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use keyrack_tests::{Hotel, Outcome, Page, Session};

use crate::booked;
use crate::hands::Hand::{self, Keys, Mouse};

fn text_of(pdf: &Path) -> Outcome<String> {
    let read = Command::new("pdftotext")
        .args(["-layout"])
        .arg(pdf)
        .arg("-")
        .output()?;
    Ok(String::from_utf8_lossy(&read.stdout).into_owned())
}

/// A viewer that notes what it is to show, first on the path of `folder`.
fn viewer(folder: &Path) -> Outcome<String> {
    let program = folder.join("xdg-open");
    let noted = folder.join("shown");
    std::fs::write(
        &program,
        format!(
            "#!/bin/sh\nenv >'{noted}.env'\necho \"$1\" >>'{noted}'\n",
            noted = noted.display()
        ),
    )?;
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755))?;
    let path = std::env::var("PATH").unwrap_or_default();
    Ok(format!("{}:{path}", folder.display()))
}

/// A window on the hotel whose papers are shown by the viewer in `folder`.
async fn printing(hotel: &Hotel, folder: &Path) -> Outcome<Session> {
    let path = viewer(folder)?;
    let file = hotel.file().display().to_string();
    let session = Session::start_with(&["--db", &file], &[("PATH", &path)]).await?;
    session.page().ready("grid").await?;
    Ok(session)
}

/// The list of who leaves, and the registration card of a booking.
async fn papers(hand: Hand) -> Outcome {
    let hotel = booked(&[("DBL:2026-06-01:2026-06-03", "Ada King")])?;
    hotel.done(&["check-in", "A1"])?;
    let folder = tempfile::tempdir()?;
    let session = printing(&hotel, folder.path()).await?;
    let page = &session.page();
    match hand {
        Mouse => page.click("button", "Print").await?,
        Keys => page.press(&["Ctrl+p"]).await?,
    }
    hand.choose(page, "Paper", "In house").await?;
    let list = folder.path().join("house.pdf");
    hand.write(page, "File (PDF)", &list.display().to_string())
        .await?;
    hand.press(page, "Print").await?;
    page.says("house.pdf and opened.").await?;
    let listed = hotel.done(&["reservation", "list", "--in-house"])?;
    let guest = listed["reservations"][0]["guest"]["name"].as_str();
    let text = text_of(&list)?;
    assert!(text.contains(guest.unwrap_or("nobody")), "{text}");
    assert!(text.contains("In house (1)"), "{text}");
    hand.back(page).await?;

    hand.open(page, "A1", "Ada King").await?;
    hand.press(page, "Registration card").await?;
    let card = folder.path().join("card.pdf");
    hand.write(page, "File (PDF)", &card.display().to_string())
        .await?;
    hand.press(page, "Print").await?;
    page.says("card.pdf and opened.").await?;
    let text = text_of(&card)?;
    assert!(text.contains("Registration card") && text.contains("Ada King"));
    session.close().await
}

#[tokio::test]
async fn papers_by_mouse_alone() -> Outcome {
    papers(Mouse).await
}

#[tokio::test]
async fn papers_by_keyboard_alone() -> Outcome {
    papers(Keys).await
}

async fn choose(page: &Page, paper: &str) -> Outcome {
    let select = page.named("combobox", "Paper").await?;
    select.select_by_label(paper).await?;
    Ok(())
}

#[tokio::test]
async fn the_lists_and_a_bookings_papers_are_printed_and_shown() -> Outcome {
    let hotel = booked(&[
        ("DBL:2026-06-01:2026-06-03", "Ada King"),
        ("SGL:2026-06-01:2026-06-02", "Ivo Brandt"),
        ("STE:2026-06-02:2026-06-04", "Nora Late"),
    ])?;
    hotel.done(&["check-in", "A1"])?;
    let folder = tempfile::tempdir()?;
    let session = printing(&hotel, folder.path()).await?;
    let page = &session.page();

    // By keys alone: the arrivals of the day.
    page.press(&["Ctrl+p"]).await?;
    let arrivals = folder.path().join("arrivals.pdf");
    page.fill("File (PDF)", &arrivals.display().to_string())
        .await?;
    page.press(&["Enter"]).await?;
    page.says("and opened.").await?;
    page.accessible("print").await?;
    page.picture("print").await?;
    let text = text_of(&arrivals)?;
    let listed = hotel.done(&["reservation", "list", "--arriving", "2026-06-01"])?;
    assert_eq!(
        listed["reservations"].as_array().map(Vec::len),
        Some(2),
        "{listed}"
    );
    for guest in [
        "Ada King",
        "Ivo Brandt",
        "Arrivals (2)",
        "Hotel Miramar",
        "As of ",
    ] {
        assert!(text.contains(guest), "{guest} is not in {text}");
    }
    assert!(!text.contains("Nora Late"), "{text}");
    let shown = std::fs::read_to_string(folder.path().join("shown"))?;
    assert_eq!(shown.trim(), arrivals.display().to_string());
    // What is set for the window's own web view is nothing of the viewer's.
    let environment = std::fs::read_to_string(folder.path().join("shown.env"))?;
    assert!(environment.contains("PATH="), "{environment}");
    assert!(!environment.contains("JSC_"), "{environment}");

    // All of them in one, by mouse.
    let pack = folder.path().join("pack.pdf");
    choose(page, "Emergency pack").await?;
    page.fill("File (PDF)", &pack.display().to_string()).await?;
    page.click("button", "Print").await?;
    page.says("pack.pdf and opened.").await?;
    let text = text_of(&pack)?;
    for part in [
        "Rooms left",
        "Arrivals (2)",
        "Departures (0)",
        "In house (1)",
        "Arrivals on 2 Jun 2026 (1)",
        "Holds (0)",
        "Outages (0)",
        "Nora Late",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let night = text
        .lines()
        .find(|line| line.contains("Tue 2 Jun 2026"))
        .unwrap_or_default();
    let figures: Vec<&str> = night.split_whitespace().skip(4).collect();
    let mut expected = Vec::new();
    for code in ["SGL", "DBL", "STE"] {
        expected.push(
            hotel
                .count(code, "2026-06-02", "2026-06-03", "rooms_left")?
                .to_string(),
        );
    }
    assert_eq!(figures[..3], expected, "{night}");

    // The other lists, each by itself and of another day: its own part, and none of the others.
    page.fill("Day", "2/6").await?;
    for (name, part, others, guests) in [
        (
            "Departures",
            "Departures (1)",
            "Arrivals (",
            &["Ivo Brandt"][..],
        ),
        ("In house", "In house (1)", "Departures (", &["Ada King"]),
        ("Availability", "Rooms left", "In house (", &[]),
    ] {
        let list = folder.path().join(format!("{name}.pdf"));
        choose(page, name).await?;
        page.fill("File (PDF)", &list.display().to_string()).await?;
        page.click("button", "Print").await?;
        page.says(&format!("{name}.pdf and opened.")).await?;
        let text = text_of(&list)?;
        assert!(text.contains(part), "{part} is not in {text}");
        assert!(text.contains("Tue 2 Jun 2026"), "{text}");
        assert!(!text.contains(others), "{others} is in {text}");
        for guest in ["Ada King", "Ivo Brandt", "Nora Late"] {
            let wanted = guests.contains(&guest);
            assert_eq!(text.contains(guest), wanted, "{guest}, {name}: {text}");
        }
    }
    let leaving = hotel.done(&["reservation", "list", "--departing", "2026-06-02"])?;
    assert_eq!(
        leaving["reservations"][0]["guest"]["name"], "Ivo Brandt",
        "{leaving}"
    );

    // A file that is no paper stays as it is.
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "Dear guest")?;
    page.fill("File (PDF)", &letter.display().to_string())
        .await?;
    page.press(&["Enter"]).await?;
    page.says("is there already and is no PDF").await?;
    assert_eq!(std::fs::read_to_string(&letter)?, "Dear guest");
    page.press(&["Escape"]).await?;

    // From a reservation's card.
    let row = page.beginning("row", "A1 Ada King").await?;
    page.click_on(&row).await?;
    page.click("button", "Registration card").await?;
    let card = folder.path().join("card.pdf");
    page.fill("File (PDF)", &card.display().to_string()).await?;
    page.press(&["Enter"]).await?;
    page.says("card.pdf and opened.").await?;
    let text = text_of(&card)?;
    assert!(
        text.contains("Registration card") && text.contains("Ada King"),
        "{text}"
    );
    session.close().await
}

#[tokio::test]
async fn papers_speak_the_language_of_the_window() -> Outcome {
    let hotel = booked(&[("DBL:2026-06-01:2026-06-03", "Ada King")])?;
    let folder = tempfile::tempdir()?;
    let path = viewer(folder.path())?;
    let file = hotel.file().display().to_string();
    let german = [
        ("LANG", "de_DE.UTF-8"),
        ("LANGUAGE", "de_DE"),
        ("PATH", path.as_str()),
    ];
    let session = Session::start_with(&["--db", &file], &german).await?;
    let page = &session.page();
    page.ready("grid").await?;
    page.press(&["Ctrl+p"]).await?;
    let list = folder.path().join("anreisen.pdf");
    page.fill("Datei (PDF)", &list.display().to_string())
        .await?;
    page.press(&["Enter"]).await?;
    page.says("anreisen.pdf").await?;
    let read = || text_of(&list);
    let begun = std::time::Instant::now();
    while !read().is_ok_and(|text| text.contains("Anreisen (1)")) {
        assert!(begun.elapsed().as_secs() < 10, "{:?}", read());
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let text = read()?;
    for part in [
        "ANREISE",
        "Mo 1. Jun 2026",
        "bestätigt",
        "Ada King",
        "Stand ",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    session.close().await
}
