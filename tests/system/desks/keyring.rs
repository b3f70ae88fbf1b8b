//! The token of a desk in a real keyring: taken, given, followed by another, locked, gone, and not there.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::world::{Centre, HOTEL};
use crate::hotel::{Hotel, Run};

/// A session with a bus and a keyring of its own, which is none of whoever runs the test.
struct Session {
    folder: TempDir,
    bus: Child,
    keyring: Option<Child>,
}

/// A bus of the session in the folder. It starts no service by itself: who asks for the keyring too early would have it start a
/// second one, which is locked.
fn bus_in(folder: &Path) -> Child {
    let config = folder.join("bus.conf");
    let text = format!(
        "<busconfig><type>session</type><listen>{}</listen><policy context=\"default\">\
         <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>\
         <allow own=\"*\"/></policy></busconfig>",
        address(folder)
    );
    fs::write(&config, text).unwrap();
    let mut bus = program("dbus-daemon", folder);
    bus.args(["--nofork", "--nopidfile", "--config-file"]);
    bus.arg(config);
    let bus = bus.stdin(Stdio::null()).spawn().unwrap();
    wait_for(&folder.join("bus"));
    bus
}

impl Session {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        let bus = bus_in(folder.path());
        let mut session = Self {
            folder,
            bus,
            keyring: None,
        };
        session.unlock();
        session
    }

    /// Starts the keyring, open.
    fn unlock(&mut self) {
        self.end_keyring();
        let mut keyring = program("gnome-keyring-daemon", self.folder.path());
        keyring.args(["--foreground", "--unlock", "--components=secrets"]);
        keyring.arg("--control-directory").arg(self.folder.path());
        let mut keyring = keyring.stdin(Stdio::piped()).spawn().unwrap();
        keyring.stdin.take().unwrap().write_all(b"porta").unwrap();
        self.keyring = Some(keyring);
        for _ in 0..400 {
            if self.locked() == Some(false) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("the keyring does not open");
    }

    fn end_keyring(&mut self) {
        if let Some(mut keyring) = self.keyring.take() {
            keyring.kill().unwrap();
            keyring.wait().unwrap();
        }
    }

    fn lock(&self) {
        self.asked(&[
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        ]);
        assert_eq!(self.locked(), Some(true));
    }

    fn locked(&self) -> Option<bool> {
        let said = self.asked(&[
            "/org/freedesktop/secrets/collection/login",
            "org.freedesktop.DBus.Properties.Get",
            "string:org.freedesktop.Secret.Collection",
            "string:Locked",
        ]);
        match said {
            said if said.contains("boolean false") => Some(false),
            said if said.contains("boolean true") => Some(true),
            _ => None,
        }
    }

    /// Entries of desks in the keyring.
    fn entries(&self) -> usize {
        let said = self.asked(&[
            "/org/freedesktop/secrets/collection/login",
            "org.freedesktop.Secret.Collection.SearchItems",
            "dict:string:string:application,keyrack",
        ]);
        assert!(said.contains("method return"), "{said}");
        said.matches("object path").count()
    }

    fn asked(&self, arguments: &[&str]) -> String {
        let mut send = program("dbus-send", self.folder.path());
        send.args(["--session", "--print-reply"]);
        send.arg("--dest=org.freedesktop.secrets").args(arguments);
        let output = send.stdout(Stdio::piped()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs `keyrackctl` in this session.
    fn run(&self, hotel: &Hotel, arguments: &[&str]) -> Run {
        let mut command = hotel.command(arguments);
        command.env("DBUS_SESSION_BUS_ADDRESS", address(self.folder.path()));
        command.env_remove("KEYRACK_TOKEN_STORE");
        Run::of(command.output().unwrap())
    }

    fn done(&self, hotel: &Hotel, arguments: &[&str]) -> Value {
        self.run(hotel, arguments).ends(0)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end_keyring();
        // It may have ended by itself.
        drop(self.bus.kill());
        drop(self.bus.wait());
    }
}

/// Waits for the bus to listen.
fn wait_for(socket: &Path) {
    for _ in 0..200 {
        if socket.exists() {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("the bus does not start");
}

fn address(folder: &Path) -> String {
    format!("unix:path={}", folder.join("bus").display())
}

/// A program of the session, which ends with the test.
fn program(name: &str, folder: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", name]);
    command.env("DBUS_SESSION_BUS_ADDRESS", address(folder));
    command.env("HOME", folder).env("XDG_RUNTIME_DIR", folder);
    command.env("XDG_DATA_HOME", folder.join("data"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn beside(hotel: &Hotel) -> PathBuf {
    PathBuf::from(format!("{}-centre", hotel.file.display()))
}

fn kept(hotel: &Hotel) -> Value {
    serde_json::from_slice(&fs::read(beside(hotel)).unwrap()).unwrap()
}

/// Whether any file of the hotel's folder has these bytes.
fn is_in_the_folder(hotel: &Hotel, secret: &str) -> bool {
    let files = fs::read_dir(hotel.folder.path()).unwrap();
    let mut contents = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| fs::read(path).unwrap());
    contents.any(|bytes| {
        bytes
            .windows(secret.len())
            .any(|part| part == secret.as_bytes())
    })
}

/// A hotel that joined in the session.
fn joined(centre: &Centre, session: &Session) -> Hotel {
    let hotel = Hotel::with(HOTEL);
    let url = format!("http://{}", centre.address);
    let done = session.done(&hotel, &["enrol", &url, &centre.code()]);
    assert_eq!(done["token"]["store"], "keyring", "{done}");
    assert_eq!(done["token"]["lack"], Value::Null, "{done}");
    hotel
}

#[test]
fn a_token_is_kept_in_the_keyring_is_followed_there_and_moves_out_of_it_and_back() {
    let centre = Centre::start();
    let session = Session::start();
    let hotel = joined(&centre, &session);
    session.done(&hotel, &["sync", "--once"]);
    assert_eq!(session.entries(), 1);
    // What a writer left that was cut off.
    let name = format!("{}.{}", beside(&hotel).display(), uuid::Uuid::now_v7());
    fs::write(&name, "{}").unwrap();
    let moved = session.done(&hotel, &["sync", "token", "file"]);
    assert_eq!(moved["token"]["store"], "file", "{moved}");
    assert_eq!(session.entries(), 0, "it is in the file alone");
    assert!(!fs::exists(&name).unwrap(), "no copy of a token is left");
    let mut old = kept(&hotel);
    let secret = old["token"].as_str().unwrap().to_owned();
    assert!(is_in_the_folder(&hotel, &secret), "what is looked for");
    // It was shown for long enough.
    old["since"] = 1.into();
    fs::write(beside(&hotel), old.to_string()).unwrap();
    session.done(&hotel, &["sync", "token", "keyring"]);
    assert!(
        !is_in_the_folder(&hotel, &secret),
        "it is in the keyring alone"
    );
    session.done(&hotel, &["sync", "--once"]);
    session.done(&hotel, &["sync", "--once"]);
    let told = "SELECT count(*) FROM audit WHERE what = 'desk_token_followed'";
    assert_eq!(centre.database.ask(told), "1");
    assert_eq!(kept(&hotel)["token"], Value::Null);
    session.done(&hotel, &["sync", "token", "file"]);
    let new = kept(&hotel);
    assert_ne!(new["token"], secret, "another follows it");
    assert_eq!(new["before"], secret);
    session.done(&hotel, &["sync", "token", "keyring"]);
    let trail = session.run(&hotel, &["audit", "--action", "token_moved"]);
    assert_eq!(trail.lines().len(), 4, "{trail:?}");
    let shown = session.done(&hotel, &["sync", "status"]);
    assert_eq!(shown["centre"]["token"]["store"], "keyring", "{shown}");
    session.done(&hotel, &["verify", "--against-centre"]);
}

#[test]
fn a_keyring_that_is_locked_or_gone_is_named_and_the_desk_sells_out_of_its_share_meanwhile() {
    let centre = Centre::start();
    let mut session = Session::start();
    let hotel = joined(&centre, &session);
    session.done(&hotel, &["sync", "--once"]);
    session.lock();
    let asked = std::time::Instant::now();
    let refused = session
        .run(&hotel, &["sync", "--once"])
        .refused(5, "keyring");
    assert_eq!(refused["lack"], "locked", "{refused}");
    assert!(asked.elapsed() < Duration::from_secs(10), "nobody is asked");
    assert_eq!(session.locked(), Some(true), "it stays locked");
    let sale = ["reserve", "A:2026-06-02:2026-06-03", "--guest", "Ana"];
    session.done(&hotel, &sale);
    // More than the share: a request, and no failure.
    let much = ["reserve", "A:2026-06-02:2026-06-03:12", "--guest", "Bo"];
    session.run(&hotel, &much).ends(4);
    session.end_keyring();
    session.bus.kill().unwrap();
    session.bus.wait().unwrap();
    let refused = session
        .run(&hotel, &["sync", "--once"])
        .refused(5, "keyring");
    assert_eq!(refused["lack"], "absent", "{refused}");
    session.done(&hotel, &sale);
    let again = Session::start();
    let refused = again.run(&hotel, &["sync", "--once"]).refused(5, "keyring");
    assert_eq!(refused["lack"], "empty", "another keyring: {refused}");
    fs::remove_file(session.folder.path().join("bus")).unwrap();
    session.bus = bus_in(session.folder.path());
    session.unlock();
    let through = session.done(&hotel, &["sync", "--once"]);
    assert_eq!(through["pushed"], 3, "{through}");
}

#[test]
fn where_no_keyring_answers_or_none_is_wanted_the_file_has_the_token_and_that_is_said() {
    let centre = Centre::start();
    let session = Session::start();
    let hotel = Hotel::with(HOTEL);
    let url = format!("http://{}", centre.address);
    let code = centre.code();
    let enrol = ["enrol", url.as_str(), &code];
    let enrolled = |hotel: &Hotel, arguments: &[&str], bus: &str, store: &str| {
        let mut command = hotel.command(arguments);
        command.env("DBUS_SESSION_BUS_ADDRESS", bus);
        command.env("KEYRACK_TOKEN_STORE", store);
        Run::of(command.output().unwrap())
    };
    let nowhere = "unix:path=/nowhere/bus";
    // Read before the code is used up.
    enrolled(&hotel, &enrol, nowhere, "cupboard").refused(2, "bad_input");
    let done = enrolled(&hotel, &enrol, nowhere, "keyring").ends(0);
    assert_eq!(done["token"]["store"], "file", "{done}");
    assert_eq!(done["token"]["lack"], "absent", "{done}");
    let message = done["token"]["message"].as_str().unwrap();
    assert!(message.starts_with("No keyring answers here"), "{message}");
    let moved = session.done(&hotel, &["sync", "token", "keyring"]);
    assert_eq!(moved["token"]["store"], "keyring", "{moved}");
    let second = Hotel::none();
    let code = centre.code();
    let enrol = ["enrol", url.as_str(), &code];
    let done = enrolled(&second, &enrol, &address(session.folder.path()), "file").ends(0);
    assert_eq!(done["token"]["store"], "file", "{done}");
    assert!(kept(&second)["token"].is_string());
    // What it is not moved to it does not leave.
    let refused = enrolled(&second, &["sync", "token", "keyring"], nowhere, "file");
    refused.refused(5, "keyring");
    assert!(kept(&second)["token"].is_string());
    second.done(&["sync", "--once"]);
}
