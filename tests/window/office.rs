//! Files that come and go, and backups: what the window says is what the command line finds.

use keyrack_tests::{Hotel, Outcome, Page, Session};

async fn go(page: &Page, place: &str) -> Outcome {
    page.press(&["F10"]).await?;
    let item = page.beginning("menuitem", place).await?;
    page.click_on(&item).await
}

const MAPPING: &str = "[columns]\nexternal_number = \"no\"\nname = \"guest\"\nroom_type = \"type\"\n\
    arrival = \"from\"\ndeparture = \"to\"\n";
const BOOKINGS: &str = "no,guest,type,from,to\n1,Ada King,DBL,2026-06-02,2026-06-04\n\
    2,Ivo Brandt,SGL,2026-06-03,2026-06-05\n";

#[tokio::test]
async fn bookings_come_in_after_a_dry_run_and_leave_as_a_file() -> Outcome {
    let hotel = Hotel::small()?;
    let folder = tempfile::tempdir()?;
    let place = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(place("m.toml"), MAPPING)?;
    std::fs::write(
        place("b.csv"),
        format!("{BOOKINGS}3,Nora Late,XXX,2026-06-03,2026-06-05\n"),
    )?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    go(page, "Import and export").await?;
    page.fill("File with bookings (CSV)", &place("b.csv"))
        .await?;
    page.fill("Mapping (TOML)", &place("m.toml")).await?;
    page.press(&["Enter"]).await?;
    page.says("3 rows: 2 would come in, 0 are there already, 0 left out, 1 bad.")
        .await?;
    page.says("XXX").await?;
    page.accessible("import").await?;
    page.picture("import").await?;
    page.click("button", "Bring in").await?;
    page.says("Nothing was brought in.").await?;
    let listed = hotel.done(&["reservation", "list"])?;
    assert_eq!(
        listed["reservations"].as_array().map(Vec::len),
        Some(0),
        "{listed}"
    );

    std::fs::write(place("b.csv"), BOOKINGS)?;
    page.click("button", "Dry run").await?;
    page.says("2 rows: 2 would come in").await?;
    page.click("button", "Bring in").await?;
    page.says("2 rows: 2 came in").await?;
    let listed = hotel.done(&["reservation", "list"])?;
    assert_eq!(
        listed["reservations"].as_array().map(Vec::len),
        Some(2),
        "{listed}"
    );
    hotel.verify()?;

    page.fill("File (.csv or .jsonl)", &place("out.csv"))
        .await?;
    page.press(&["Enter"]).await?;
    page.says("2 rows written to").await?;
    let out = std::fs::read_to_string(place("out.csv"))?;
    assert!(
        out.contains("Ada King") && out.lines().count() == 3,
        "{out}"
    );
    session.close().await
}

#[tokio::test]
async fn a_backup_is_made_and_put_back_and_what_it_replaced_is_kept() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    go(page, "Backups and jobs").await?;
    page.says("There is no backup yet.").await?;
    page.click("button", "Back up now").await?;
    page.says("is made and verified.").await?;
    page.accessible("backups").await?;
    page.picture("backups").await?;
    hotel.done(&[
        "reserve",
        "STE:2026-06-01:2026-06-03",
        "--guest",
        "Ada King",
    ])?;
    let back = page.beginning("button", "Put back MIRA-").await?;
    page.click_on(&back).await?;
    page.says("It is verified first, and what it replaces is kept.")
        .await?;
    page.picture("restore-ask").await?;
    page.click("button", "Put it back").await?;
    page.says("Put back, and verified.").await?;
    page.says("What was replaced is kept as").await?;
    page.picture("restored").await?;
    page.press(&["Escape"]).await?;
    page.cell_says("Suite", crate::MONDAY, "1 of 1 left")
        .await?;
    let listed = hotel.done(&["reservation", "list"])?;
    assert_eq!(
        listed["reservations"].as_array().map(Vec::len),
        Some(0),
        "{listed}"
    );
    hotel.verify()?;
    session.close().await
}

/// Long enough to be stopped in its midst.
const MANY: usize = 20_000;

#[tokio::test]
async fn an_import_that_is_under_way_is_stopped_and_nothing_of_it_stays() -> Outcome {
    let hotel = Hotel::small()?;
    let folder = tempfile::tempdir()?;
    let place = |name: &str| folder.path().join(name).display().to_string();
    let mut rows = String::from("no,guest,type,from,to\n");
    for number in 0..MANY {
        let day = 1 + number % 27;
        let from = format!("2027-{:02}-{day:02}", 1 + number / 27 % 12);
        let to = format!("2027-{:02}-{:02}", 1 + number / 27 % 12, day + 1);
        rows.push_str(&format!("{number},Guest {number},DBL,{from},{to}\n"));
    }
    std::fs::write(place("b.csv"), rows)?;
    std::fs::write(place("m.toml"), MAPPING)?;
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;
    go(page, "Import and export").await?;
    page.fill("File with bookings (CSV)", &place("b.csv"))
        .await?;
    page.fill("Mapping (TOML)", &place("m.toml")).await?;
    page.press(&["Enter"]).await?;
    page.says(" of 20,000").await?;
    page.accessible("import-under-way").await?;
    page.picture("import-under-way").await?;
    page.click("button", "Stop").await?;
    page.says("Stopped.").await?;
    let listed = hotel.done(&["reservation", "list"])?;
    assert_eq!(listed["reservations"], serde_json::json!([]), "{listed}");
    // The window goes on.
    page.press(&["Escape"]).await?;
    page.press(&["h"]).await?;
    page.cell_says("Single", crate::MONDAY, "1 of 2 left")
        .await?;
    hotel.verify()?;
    session.close().await
}
