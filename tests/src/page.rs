//! The page in the window, spoken to as a person would speak of it: by role and accessible name.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use serde_json::{Value, json};

use crate::{Chord, Outcome, failure};

const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(15);
const FIND: &str = include_str!("find.js");
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The page in a running window.
pub struct Page {
    client: Client,
    /// Clicks, drags, keys and texts since they were last counted.
    steps: AtomicU32,
}

/// Whether a name has to be given whole.
#[derive(Clone, Copy)]
enum Name<'a> {
    Exactly(&'a str),
    Beginning(&'a str),
}

impl Page {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            steps: AtomicU32::new(0),
        }
    }

    /// What a person did since this was last asked: each click, drag, key and typed text is one step.
    pub fn steps(&self) -> u32 {
        self.steps.swap(0, Ordering::Relaxed)
    }

    /// Counts steps that a person would have taken where a test goes another way.
    pub fn took(&self, steps: u32) {
        self.steps.fetch_add(steps, Ordering::Relaxed);
    }

    fn step(&self) {
        self.took(1);
    }

    /// Waits until the page says that it is in `state`: "grid" once the grid is painted.
    pub async fn ready(&self, state: &str) -> Outcome {
        let script = "return document.documentElement.dataset.ready ?? ''";
        self.until(
            &format!("the page to be ready as {state}"),
            script,
            vec![],
            |value| value == state,
        )
        .await
        .map(drop)
    }

    /// The grid's cell of a room type's name and a night as the page writes it: "Fri 27 Nov 2026".
    pub async fn cell(&self, room_type: &str, night: &str) -> Outcome<Element> {
        self.find(
            "gridcell",
            Name::Beginning(&format!("{room_type}, {night}, ")),
        )
        .await
    }

    /// The full label of a cell, as it is read aloud.
    pub async fn cell_label(&self, room_type: &str, night: &str) -> Outcome<String> {
        let begun = Instant::now();
        loop {
            let cell = self.cell(room_type, night).await?;
            match cell.attr("aria-label").await {
                Err(error) if is_gone(&error) && begun.elapsed() < PATIENCE => {}
                label => return Ok(label?.unwrap_or_default()),
            }
        }
    }

    /// Clicks the cell of a room type and a night.
    pub async fn click_cell(&self, room_type: &str, night: &str) -> Outcome {
        let (x, y) = self.middle_of_cell(room_type, night).await?;
        self.click_at(x, y).await
    }

    /// Drags from one night of a room type to another.
    pub async fn drag_nights(&self, room_type: &str, from: &str, to: &str) -> Outcome {
        let from = self.middle_of_cell(room_type, from).await?;
        let to = self.middle_of_cell(room_type, to).await?;
        self.drag_between(from, to).await
    }

    /// The middle of a cell. The calendar draws with as many cells as it has room for: one that was found may be gone.
    async fn middle_of_cell(&self, room_type: &str, night: &str) -> Outcome<(f64, f64)> {
        let begun = Instant::now();
        loop {
            let cell = self.cell(room_type, night).await?;
            match middle(&cell).await {
                Err(error) if gone(&*error) && begun.elapsed() < PATIENCE => {}
                place => return place,
            }
        }
    }

    /// Waits until a cell's label holds `part`, and gives the time that took.
    pub async fn cell_says(&self, room_type: &str, night: &str, part: &str) -> Outcome<Duration> {
        let begun = Instant::now();
        let mut label = String::new();
        while begun.elapsed() < PATIENCE {
            label = self.cell_label(room_type, night).await?;
            if label.contains(part) {
                return Ok(begun.elapsed());
            }
            tokio::time::sleep(GLANCE).await;
        }
        failure(format!(
            "the cell does not come to say {part:?}, it says {label:?}"
        ))
    }

    /// The element of a role whose accessible name is `name`.
    pub async fn named(&self, role: &str, name: &str) -> Outcome<Element> {
        self.find(role, Name::Exactly(name)).await
    }

    /// The first element of a role whose accessible name begins with `name`.
    pub async fn beginning(&self, role: &str, name: &str) -> Outcome<Element> {
        self.find(role, Name::Beginning(name)).await
    }

    /// The first element of a role, whatever its name.
    pub async fn first(&self, role: &str) -> Outcome<Element> {
        self.find(role, Name::Beginning("")).await
    }

    /// Writes into the field of this name, in the place of what stands there.
    pub async fn fill(&self, field: &str, text: &str) -> Outcome {
        let field = self.named("textbox", field).await?;
        self.click_on(&field).await?;
        self.press(&["Ctrl+a"]).await?;
        self.type_text(text).await
    }

    /// Clicks the element of a role and name.
    pub async fn click(&self, role: &str, name: &str) -> Outcome {
        let element = self.named(role, name).await?;
        self.click_on(&element).await
    }

    /// Scrolls an element into sight, as the wheel does.
    pub async fn scroll_to(&self, element: &Element) -> Outcome {
        let reference = json!({ ELEMENT: element.element_id().to_string() });
        let script = "arguments[0].scrollIntoView({ block: 'center' })";
        self.run(script, vec![reference]).await.map(drop)
    }

    /// Clicks an element in its middle, with the mouse.
    pub async fn click_on(&self, element: &Element) -> Outcome {
        let (x, y) = middle(element).await?;
        self.click_at(x, y).await
    }

    async fn click_at(&self, x: f64, y: f64) -> Outcome {
        self.step();
        let mouse = MouseActions::new("mouse".into())
            .then(PointerAction::MoveTo {
                duration: None,
                x,
                y,
            })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        self.client.perform_actions(mouse).await?;
        Ok(())
    }

    /// Drags from the middle of one element to the middle of another.
    pub async fn drag(&self, from: &Element, to: &Element) -> Outcome {
        self.drag_between(middle(from).await?, middle(to).await?)
            .await
    }

    async fn drag_between(
        &self,
        (from_x, from_y): (f64, f64),
        (to_x, to_y): (f64, f64),
    ) -> Outcome {
        self.step();
        let pace = Some(Duration::from_millis(80));
        let mouse = MouseActions::new("mouse".into())
            .then(PointerAction::MoveTo {
                duration: None,
                x: from_x,
                y: from_y,
            })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::MoveTo {
                duration: pace,
                x: to_x,
                y: to_y,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        self.client.perform_actions(mouse).await?;
        Ok(())
    }

    /// Presses keys one after the other: `&["Shift+Right", "n"]`.
    pub async fn press(&self, chords: &[&str]) -> Outcome {
        for chord in chords {
            self.step();
            self.client
                .perform_actions(Chord::parse(chord)?.actions())
                .await?;
        }
        Ok(())
    }

    /// Presses Tab until the element of a role and name has the focus.
    pub async fn tab_to(&self, role: &str, name: &str) -> Outcome {
        const AT_MOST: u32 = 60;
        let wanted = self.named(role, name).await?;
        let reference = json!({ ELEMENT: wanted.element_id().to_string() });
        let script = "return document.activeElement === arguments[0]";
        for _ in 0..AT_MOST {
            if self.run(script, vec![reference.clone()]).await? == true {
                return Ok(());
            }
            self.press(&["Tab"]).await?;
        }
        failure(format!("Tab does not lead to the {role} {name:?}"))
    }

    /// Types text into whatever has the focus.
    pub async fn type_text(&self, text: &str) -> Outcome {
        self.step();
        let mut actions = KeyActions::new("keyboard".into());
        for value in text.chars() {
            actions = actions
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await?;
        Ok(())
    }

    /// Waits until the page's visible text holds `part`.
    pub async fn says(&self, part: &str) -> Outcome {
        let script = "return document.body.innerText.replace(/\\s+/g, ' ')";
        self.until(
            &format!("the page to say {part:?}"),
            script,
            vec![],
            |value| value.as_str().is_some_and(|text| text.contains(part)),
        )
        .await
        .map(drop)
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        patiently(|| self.client.execute(script, arguments.clone())).await
    }

    /// Runs a script that calls its last argument when it is done, and gives what it calls it with.
    pub async fn run_slowly(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        patiently(|| self.client.execute_async(script, arguments.clone())).await
    }

    /// Waits until what a script returns fits, and gives it.
    pub async fn until(
        &self,
        what: &str,
        script: &str,
        arguments: Vec<Value>,
        fits: impl Fn(&Value) -> bool,
    ) -> Outcome<Value> {
        let begun = Instant::now();
        let mut last = Value::Null;
        while begun.elapsed() < PATIENCE {
            last = self.run(script, arguments.clone()).await?;
            if fits(&last) {
                return Ok(last);
            }
            tokio::time::sleep(GLANCE).await;
        }
        let last: String = last.to_string().chars().take(2000).collect();
        failure(format!("waited in vain for {what}; last seen: {last}"))
    }

    /// Keeps a picture of the window as build/screenshots/NAME.png.
    ///
    /// It is taken from the display, as a person sees it. The driver's own pictures wait for a frame
    /// that a page at rest never draws.
    pub async fn picture(&self, name: &str) -> Outcome<PathBuf> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../build/screenshots");
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.png"));
        let two_frames = "const done = arguments[0]; \
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))";
        self.run_slowly(two_frames, vec![]).await?;
        let status = Command::new("import")
            .args(["-window", "root"])
            .arg(&file)
            .status();
        match status {
            Ok(status) if status.success() => Ok(file),
            Ok(status) => failure(format!("the picture {name} was not taken: {status}")),
            Err(error) => failure(format!("ImageMagick's import does not start: {error}")),
        }
    }

    async fn find(&self, role: &str, name: Name<'_>) -> Outcome<Element> {
        let (name, how) = match name {
            Name::Exactly(name) => (name, "exactly"),
            Name::Beginning(name) => (name, "beginning"),
        };
        let arguments = vec![json!(role), json!(name), json!(how)];
        let answer = self
            .until(
                &format!("a {role} named {name:?}"),
                FIND,
                arguments,
                |answer| answer["found"].is_object(),
            )
            .await?;
        let Some(id) = answer["found"][ELEMENT].as_str() else {
            return failure(format!("the driver gave no element: {answer}"));
        };
        Ok(Element::from_element_id(
            self.client.clone(),
            ElementRef::from(id.to_owned()),
        ))
    }
}

/// The middle of what is shown of an element, in the window's own measure.
async fn middle(element: &Element) -> Outcome<(f64, f64)> {
    let script = "const box = arguments[0].getBoundingClientRect(); \
        return [Math.floor(box.x + box.width / 2), Math.floor(box.y + box.height / 2)]";
    let reference = json!({ ELEMENT: element.element_id().to_string() });
    let place = element
        .clone()
        .client()
        .execute(script, vec![reference])
        .await?;
    match (place[0].as_f64(), place[1].as_f64()) {
        (Some(x), Some(y)) => Ok((x, y)),
        _ => failure(format!("an element has no place: {place}")),
    }
}

/// Whether an element that was found is not in the page any more.
fn is_gone(error: &CmdError) -> bool {
    error.is_stale_element_reference()
}

fn gone(error: &(dyn Error + Send + Sync + 'static)) -> bool {
    error.downcast_ref::<CmdError>().is_some_and(is_gone)
}

/// A page that is just being drawn anew is asked again.
async fn patiently<F, E>(ask: impl Fn() -> F) -> Outcome<Value>
where
    F: Future<Output = Result<Value, E>>,
    E: Error + Send + Sync + 'static,
{
    let begun = Instant::now();
    loop {
        match ask().await {
            Err(error)
                if format!("{error:?}").contains("before the unload event")
                    && begun.elapsed() < PATIENCE =>
            {
                tokio::time::sleep(GLANCE).await;
            }
            answer => return Ok(answer?),
        }
    }
}
