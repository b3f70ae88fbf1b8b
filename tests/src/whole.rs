//! The page as the eye sees it: at rest, in its colours, and with nothing cut off.

use serde_json::{Value, json};

use crate::{Outcome, Page, failure};

/// What is cut off on the screen, a sentence each.
const CUT: &str = include_str!("cut.js");
/// What still moves, or has still to be read.
const UNREST: &str = "const reads = /^(Loading|Wird geladen|Chargement|Cargando|A carregar)/; \
    return document.getAnimations().filter((each) => each.playState === 'running').length \
        + [...document.querySelectorAll('p.muted')].filter((each) => reads.test(each.textContent)).length";

impl Page {
    /// Waits until nothing slides any more and nothing is still to be read.
    pub async fn rests(&self) -> Outcome {
        let rest = |unrest: &Value| *unrest == 0;
        self.until("the page to rest", UNREST, vec![], rest)
            .await
            .map(drop)
    }

    /// Waits until a panel beside the calendar is shown, and rests.
    pub async fn beside(&self, panel: &str) -> Outcome {
        let shown = "return document.querySelector('[data-side]')?.dataset.side ?? ''";
        self.until(panel, shown, vec![], |side| side == panel)
            .await?;
        self.rests().await
    }

    /// Fails with what is cut off on the screen as it stands.
    pub async fn whole(&self, screen: &str) -> Outcome {
        let cut = self.run(CUT, vec![]).await?;
        let cut = cut.as_array().map_or(&[][..], Vec::as_slice);
        if cut.is_empty() {
            return Ok(());
        }
        let cut: Vec<&str> = cut.iter().filter_map(Value::as_str).collect();
        failure(format!("{screen} is cut off:\n{}", cut.join("\n")))
    }

    /// Fails where the page is painted in other colours, or drawn at another size in hundredths.
    pub async fn looks(&self, palette: &str, size: u32) -> Outcome {
        let script = "return [document.documentElement.dataset.palette, \
            Math.round(100 * outerWidth / innerWidth)]";
        let wanted = json!([palette, size]);
        self.until("the look", script, vec![], |look| *look == wanted)
            .await
            .map(drop)
    }
}
