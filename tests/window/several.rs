//! Several at once from the day sheet: what is ticked takes a step together, and what was refused says why.

use keyrack_tests::{Hotel, Outcome, Session};

#[tokio::test]
async fn ticked_arrivals_check_in_together_and_the_refused_one_says_why() -> Outcome {
    let hotel = Hotel::small()?;
    for guest in ["Ada King", "Ivo Brandt", "Nora Late"] {
        hotel.done(&["reserve", "DBL:2026-06-01:2026-06-03", "--guest", guest])?;
    }
    let session = Session::on(hotel.file()).await?;
    let page = &session.page();
    page.ready("grid").await?;

    // By keys: two rows are ticked from the sheet.
    page.beginning("row", "A1 Ada King").await?;
    let focus = "document.querySelector('tr[tabindex=\"0\"]').focus()";
    page.run(focus, vec![]).await?;
    page.press(&[" ", "Down", " "]).await?;
    page.says("2 ticked").await?;
    page.accessible("several").await?;
    page.picture("several").await?;
    page.click("button", "Check in").await?;
    page.says("A1").await?;
    for number in ["A1", "A2"] {
        let told = hotel.done(&["reservation", "show", number])?;
        assert_eq!(told["status"], "checked_in", "{told}");
    }

    // By mouse: all of them, of which two are here already.
    page.click("checkbox", "Tick all").await?;
    page.says("3 ticked").await?;
    page.click("button", "Check in").await?;
    page.says("Not done:").await?;
    let reasons = "return document.querySelectorAll('#day-sheet tbody .problem').length";
    page.until("a reason at two rows", reasons, vec![], |count| *count == 2)
        .await?;
    page.picture("several-refused").await?;
    let told = hotel.done(&["reservation", "show", "A3"])?;
    assert_eq!(told["status"], "checked_in", "{told}");
    hotel.verify()?;
    session.close().await
}
