//! The window in the language of its machine.

use keyrack_tests::{Hotel, Outcome, Session};

#[tokio::test]
async fn a_german_machine_has_a_german_window_and_refusals_in_german() -> Outcome {
    let hotel = Hotel::small()?;
    let session = Session::speaking("de_DE", hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    page.picture("german").await?;
    let cell = page.cell("Suite", "Di 2. Jun 2026").await?;
    page.click_on(&cell).await?;
    page.press(&["n"]).await?;
    page.fill("Name des Gastes", "Rosa Maier").await?;
    page.fill("Zimmer", "2").await?;
    page.press(&["Enter"]).await?;
    page.says("hat am Di 2. Jun 2026 nur noch 1 von 2 Zimmern zu verkaufen")
        .await?;
    page.picture("german-refused").await?;
    page.fill("Zimmer", "1").await?;
    page.press(&["Enter"]).await?;
    page.says("Buchung A1").await?;
    page.cell_says("Suite", "Di 2. Jun 2026", "0 von 1 frei")
        .await?;
    // Scripts go on reading English.
    let refused = hotel.run(&[
        "reserve",
        "STE:2026-06-02:2026-06-03",
        "--guest",
        "Ivo Brandt",
    ])?;
    assert_eq!(refused.status, 3);
    let message = refused.json["error"]["message"]
        .as_str()
        .unwrap_or_default();
    assert!(message.contains("nothing left to sell"), "{message}");
    session.close().await
}

#[tokio::test]
async fn a_german_machine_is_told_in_german_why_its_hotel_does_not_open() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("brief.db");
    std::fs::write(&file, "Lieber Gast, ".repeat(500))?;
    let session = Session::speaking("de_DE", &file).await?;
    let page = session.page();
    page.says("Das Hotel konnte nicht geöffnet werden").await?;
    page.says("brief.db ist keine Datenbank von Keyrack.")
        .await?;
    page.picture("german-start-failed").await?;
    session.close().await
}
