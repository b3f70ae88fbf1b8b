//! One real window under a WebDriver of its own.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};
use tempfile::TempDir;

use crate::{Outcome, Page, failure};

const DRIVER_START: Duration = Duration::from_secs(10);

/// The folder with the built programs: `KEYRACK_BIN`, which the make targets set.
pub fn programs() -> Outcome<PathBuf> {
    let folder = std::env::var_os("KEYRACK_BIN")
        .ok_or("KEYRACK_BIN names no folder with the built programs; use `make test`")?;
    Ok(PathBuf::from(folder))
}

/// A running window and what drives it. Dropping it ends the driver, the window and WebKit's processes.
pub struct Session {
    client: Client,
    driver: Child,
    started: Instant,
    // Dropped last: the window's settings live there while it runs.
    _home: TempDir,
}

impl Session {
    /// Starts the window with `arguments`, in a home folder of its own.
    pub async fn start(arguments: &[&str]) -> Outcome<Self> {
        Self::start_with(arguments, &[]).await
    }

    /// Starts the window on the hotel in `file`.
    pub async fn on(file: &Path) -> Outcome<Self> {
        let file = file
            .to_str()
            .ok_or("the hotel's path is not readable text")?;
        Self::start(&["--db", file]).await
    }

    /// Starts the window on the hotel in `file`, on a machine that speaks `language`: `de_DE`.
    pub async fn speaking(language: &str, file: &Path) -> Outcome<Self> {
        let file = file
            .to_str()
            .ok_or("the hotel's path is not readable text")?;
        let locale = format!("{language}.UTF-8");
        Self::start_with(
            &["--db", file],
            &[("LANG", &locale), ("LANGUAGE", language)],
        )
        .await
    }

    /// Like [`Session::start`], with further environment variables.
    pub async fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> Outcome<Self> {
        let home = tempfile::tempdir()?;
        let port = free_port()?;
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_CACHE_HOME", home.path().join("cache"))
            .env("KEYRACK_TOKEN_STORE", "file")
            // Tests read the page in English, whatever the machine speaks.
            .env("LANG", "en_GB.UTF-8")
            .env("LANGUAGE", "en_GB")
            .env_remove("KEYRACK_DB")
            .envs(variables.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A group of its own, so that the window and WebKit's processes end with the driver.
            .process_group(0)
            .spawn()
            .map_err(|error| format!("WebKitWebDriver does not start: {error}"))?;
        let mut driver = Group(Some(driver));
        wait_for_port(port)?;

        let binary = programs()?.join("keyrack");
        let mut capabilities = Map::new();
        capabilities.insert(
            "webkitgtk:browserOptions".into(),
            json!({ "binary": binary, "args": arguments }),
        );
        let started = Instant::now();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .map_err(|error| format!("the window does not start: {error}"))?;
        let driver = driver.0.take().ok_or("the driver is running")?;
        Ok(Self {
            client,
            driver,
            started,
            _home: home,
        })
    }

    /// The page in the window.
    pub fn page(&self) -> Page {
        Page::new(self.client.clone())
    }

    /// When the driver was asked to start the window.
    pub fn started(&self) -> Instant {
        self.started
    }

    /// The driver's process; the window is among its descendants.
    pub fn process(&self) -> u32 {
        self.driver.id()
    }

    /// Closes the window in an orderly way.
    pub async fn close(self) -> Outcome {
        self.client.clone().close().await?;
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        end_group(&mut self.driver);
    }
}

/// A started driver that has no session yet, and so nobody else to end it.
struct Group(Option<Child>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(driver) = &mut self.0 {
            end_group(driver);
        }
    }
}

fn end_group(leader: &mut Child) {
    let group = format!("-{}", leader.id());
    // There is nobody to tell where ending fails: the processes are gone, which was the aim.
    let _ = Command::new("kill")
        .args(["-KILL", "--", &group])
        .stderr(Stdio::null())
        .status();
    let _ = leader.wait();
}

/// A port that was free a moment ago; the driver takes no port from the system by itself.
fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn wait_for_port(port: u16) -> Outcome {
    let begun = Instant::now();
    while begun.elapsed() < DRIVER_START {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    failure(format!("WebKitWebDriver does not listen on port {port}"))
}
