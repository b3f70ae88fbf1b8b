//! PgBouncer, as it stands before a database that many processes share.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::database::{Database, as_owner, free_port};

/// PgBouncer before a database: transactions of all its clients go over three connections.
pub struct Pooler {
    process: Child,
    port: u16,
}

impl Pooler {
    pub fn start(before: &Database) -> Self {
        let (port, folder) = (free_port(), before.folder.path());
        let settings = format!(
            "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
             listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n\
             default_pool_size = 3\nmax_prepared_statements = 0\n",
            before.port
        );
        // Versions before 1.21 know no prepared statements, and not that setting either.
        let version = Command::new("pgbouncer").arg("-V").output().unwrap().stdout;
        let knows = !String::from_utf8(version)
            .unwrap()
            .contains("PgBouncer 1.1");
        let settings = match knows {
            true => settings,
            false => settings.replace("max_prepared_statements = 0\n", ""),
        };
        let settings = settings.replace("* = host", "postgres = user=keyrack host");
        let file = folder.join("pgbouncer.ini");
        std::fs::write(&file, settings).unwrap();
        let process = as_owner(Path::new("/usr/sbin/pgbouncer"))
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(10), "no pooler");
            sleep(Duration::from_millis(20));
        }
        Self { process, port }
    }

    pub fn address(&self) -> String {
        format!("postgres://keyrack@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
