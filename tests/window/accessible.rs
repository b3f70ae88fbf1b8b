//! The screens of the calendar, looked at with the rules of accessibility in each palette.

use keyrack_tests::{Hotel, Outcome, Session};

use crate::TUESDAY;

#[tokio::test]
async fn the_calendar_and_its_forms_break_no_rule_of_accessibility() -> Outcome {
    let hotel = Hotel::small()?;
    hotel.done(&[
        "reserve",
        "STE:2026-06-02:2026-06-03",
        "--guest",
        "Ada King",
    ])?;
    hotel.done(&["hold", "place", "DBL:2026-06-01:2026-06-03"])?;
    let session = Session::on(hotel.file()).await?;
    let page = session.page();
    page.ready("grid").await?;
    for palette in ["Light", "Dark", "High contrast"] {
        page.click("button", "Appearance").await?;
        page.accessible(&format!("the menu of appearance, {palette}"))
            .await?;
        page.click("menuitemradio", palette).await?;
        let cell = page.cell("Suite", TUESDAY).await?;
        page.click_on(&cell).await?;
        page.accessible(&format!("the calendar, {palette}")).await?;
        for (key, form) in [
            ("n", "booking"),
            ("o", "outage"),
            ("r", "limits"),
            ("?", "help"),
        ] {
            page.click_on(&cell).await?;
            page.press(&[key]).await?;
            page.until(
                form,
                "return document.querySelector('aside').dataset.side",
                vec![],
                |side| side == form,
            )
            .await?;
            page.accessible(&format!("{form}, {palette}")).await?;
            page.press(&["Escape"]).await?;
        }
    }
    session.close().await
}

#[tokio::test]
async fn the_beginning_breaks_no_rule_of_accessibility() -> Outcome {
    let session = Session::start(&[]).await?;
    let page = session.page();
    let own = page.beginning("button", "Set up your own hotel").await?;
    page.accessible("the choice").await?;
    page.click_on(&own).await?;
    page.named("textbox", "Short code").await?;
    page.accessible("a hotel of one's own").await?;
    session.close().await
}
