//! A PostgreSQL of its own for each test. It refuses to run as root, so it is started as the user
//! `postgres` where the test runs as root.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub struct Database {
    process: Child,
    pub port: u16,
    pub folder: TempDir,
}

impl Database {
    /// Starts one; `durable` as in a hotel, else as fast as it goes.
    pub fn start(durable: bool) -> Self {
        let folder = own_folder();
        let data = folder.path().join("data");
        let mut init = program("initdb");
        init.args([
            "-A",
            "trust",
            "-U",
            "keyrack",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ])
        .arg(&data);
        let made = init.output().unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        Self::serve(folder, durable)
    }

    /// Starts the one that stands in a folder.
    pub fn serve(folder: TempDir, durable: bool) -> Self {
        let port = free_port();
        let process = serve(folder.path(), port, durable);
        let database = Self {
            process,
            port,
            folder,
        };
        database.wait();
        database
    }

    pub fn address(&self) -> String {
        format!("postgres://keyrack@127.0.0.1:{}/postgres", self.port)
    }

    /// What a statement gives, one line a row.
    pub fn ask(&self, sql: &str) -> String {
        self.ask_of("postgres", sql)
    }

    /// The same in the database of that name.
    pub fn ask_of(&self, name: &str, sql: &str) -> String {
        let port = self.port.to_string();
        let arguments = [
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "-U",
            "keyrack",
            "-d",
            name,
            "-XAtc",
            sql,
        ];
        let answer = Command::new(binaries().join("psql"))
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            answer.status.success(),
            "{sql}: {}",
            String::from_utf8_lossy(&answer.stderr)
        );
        String::from_utf8(answer.stdout).unwrap().trim().to_owned()
    }

    /// A copy of everything, as whoever runs the centre makes one.
    pub fn copy(&self) -> Vec<u8> {
        let port = self.port.to_string();
        let made = Command::new(binaries().join("pg_dump"))
            .args([
                "-h",
                "127.0.0.1",
                "-p",
                &port,
                "-U",
                "keyrack",
                "--no-owner",
            ])
            .args(["-N", "pg_catalog", "postgres"])
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        made.stdout
    }

    /// Puts a copy in the place of everything; nobody works on it meanwhile.
    pub fn restore(&self, copy: &[u8]) {
        self.ask("DROP SCHEMA public CASCADE");
        self.ask("CREATE SCHEMA public");
        let file = self.folder.path().join("copy.sql");
        std::fs::write(&file, copy).unwrap();
        self.load(&file, "postgres");
    }

    /// Loads a copy into a database of that name, which is empty.
    pub fn load(&self, file: &Path, name: &str) {
        let port = self.port.to_string();
        let done = Command::new(binaries().join("psql"))
            .args(["-h", "127.0.0.1", "-p", &port, "-U", "keyrack", "-d", name])
            .args(["-Xq", "-f"])
            .arg(file)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    /// The server dies, as by a failure of power, and is started again.
    pub fn crash(&mut self) {
        let lock = std::fs::read_to_string(self.folder.path().join("data/postmaster.pid")).unwrap();
        let pid = lock.lines().next().unwrap().to_owned();
        let killed = Command::new("kill").args(["-QUIT", &pid]).status().unwrap();
        assert!(killed.success());
        self.process.wait().unwrap();
        self.process = serve(self.folder.path(), self.port, true);
        self.wait();
    }

    fn wait(&self) {
        let began = Instant::now();
        let port = self.port.to_string();
        loop {
            let ready = Command::new(binaries().join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &port])
                .status();
            if ready.unwrap().success() {
                return;
            }
            assert!(
                began.elapsed() < Duration::from_secs(30),
                "the database does not start"
            );
            sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let lock = std::fs::read_to_string(self.folder.path().join("data/postmaster.pid"));
        if let Ok(Some(pid)) = lock.as_deref().map(|text| text.lines().next()) {
            drop(Command::new("kill").args(["-QUIT", pid]).status());
        }
        drop(self.process.wait());
    }
}

/// A folder in which a database may stand.
pub fn own_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    if is_root() {
        let user = ids("postgres");
        std::os::unix::fs::chown(folder.path(), Some(user.0), Some(user.1)).unwrap();
    }
    folder
}

fn serve(folder: &Path, port: u16, durable: bool) -> Child {
    let durability = if durable { "on" } else { "off" };
    let mut server = program("postgres");
    server.arg("-D").arg(folder.join("data"));
    for setting in [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        format!("unix_socket_directories={}", folder.display()),
        format!("fsync={durability}"),
        format!("synchronous_commit={durability}"),
        format!("full_page_writes={durability}"),
        "shared_buffers=32MB".to_owned(),
    ] {
        server.args(["-c", &setting]);
    }
    server
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// One of PostgreSQL's programs, as somebody who may run it, and who ends when the test does.
pub fn program(name: &str) -> Command {
    as_owner(&binaries().join(name))
}

/// A program as somebody who may run a database.
pub fn as_owner(path: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args([
            "--reuid",
            "postgres",
            "--regid",
            "postgres",
            "--clear-groups",
        ]);
    }
    command.args(["--pdeathsig", "QUIT"]).arg(path);
    command
}

fn binaries() -> PathBuf {
    let asked = Command::new("pg_config").arg("--bindir").output();
    if let Ok(answer) = asked
        .as_ref()
        .map(|asked| String::from_utf8_lossy(&asked.stdout))
        && Path::new(answer.trim()).join("initdb").exists()
    {
        return PathBuf::from(answer.trim());
    }
    let installed = std::fs::read_dir("/usr/lib/postgresql");
    let mut versions: Vec<PathBuf> = installed
        .expect("PostgreSQL is not installed: scripts/packages.sh test")
        .map(|entry| entry.unwrap().path().join("bin"))
        .filter(|path| path.join("initdb").exists())
        .collect();
    versions.sort();
    versions
        .pop()
        .expect("PostgreSQL is not installed: scripts/packages.sh test")
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn is_root() -> bool {
    let answer = Command::new("id").arg("-u").output().unwrap();
    answer.stdout.trim_ascii() == b"0"
}

/// The numbers of a user and his group.
fn ids(user: &str) -> (u32, u32) {
    let number = |option: &str| {
        let answer = Command::new("id").args([option, user]).output().unwrap();
        String::from_utf8(answer.stdout)
            .unwrap()
            .trim()
            .parse()
            .unwrap()
    };
    (number("-u"), number("-g"))
}
