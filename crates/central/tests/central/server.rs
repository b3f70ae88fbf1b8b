//! The program itself, as it is started in a hotel.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use keyrack_wire::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::database::Database;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_keyrack-central");

/// A centre that answers.
pub struct Server {
    process: Child,
    pub base: String,
    database: String,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Server {
    pub fn start(database: &Database) -> Self {
        Self::start_with(&database.address(), &[])
    }

    pub fn start_with(address: &str, arguments: &[&str]) -> Self {
        let mut process = Command::new("setpriv")
            .args([
                "--pdeathsig",
                "KILL",
                PROGRAM,
                "serve",
                "--listen",
                "127.0.0.1:0",
            ])
            .args(arguments)
            .env("KEYRACK_DATABASE", address)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines {
                let line = line.unwrap();
                let log: Value = serde_json::from_str(&line).unwrap_or(Value::Null);
                if log["message"] == "listening" {
                    tell.send(log["address"].as_str().unwrap().to_owned())
                        .unwrap();
                }
                // Shown with the test that fails.
                println!("{line}");
            }
        });
        let address_heard = told
            .recv_timeout(Duration::from_secs(30))
            .expect("the centre does not start");
        Self {
            process,
            base: format!("http://{address_heard}"),
            database: address.to_owned(),
        }
    }

    /// What the program says where it does not start.
    pub fn refused(address: &str, arguments: &[&str]) -> String {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let output = run(address, &all);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    }

    /// The process ends in the middle of whatever it does.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// The same, while desks of it are still looked at.
    pub fn die(&self) {
        let process = self.process.id().to_string();
        let killed = Command::new("kill").args(["-KILL", &process]).status();
        assert!(killed.unwrap().success());
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        run(&self.database, arguments)
    }

    /// What a command says where it succeeds.
    pub fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn get(&self, path: &str, token: Option<&str>) -> Reply {
        let mut request = agent().get(format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        reply(request.call().unwrap())
    }

    pub fn post(&self, path: &str, token: Option<&str>, body: &[u8]) -> Reply {
        let mut request = agent().post(format!("{}{path}", self.base));
        request = request.header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        reply(request.send(body).unwrap())
    }

    /// A message and its answer, or the fault.
    pub fn exchange<T: DeserializeOwned>(
        &self,
        path: &str,
        token: Option<&str>,
        message: &impl Serialize,
    ) -> Result<T, Fault> {
        let reply = self.post(path, token, &serde_json::to_vec(message).unwrap());
        if reply.status == 200 {
            return Ok(serde_json::from_str(&reply.body).unwrap());
        }
        Err(serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{reply:?}")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Runs the program beside a server.
pub fn run(database: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("KEYRACK_DATABASE", database);
    command.output().unwrap()
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build();
    config.into()
}

fn reply(mut response: ureq::http::Response<ureq::Body>) -> Reply {
    let headers = response.headers().iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    Reply {
        status: response.status().as_u16(),
        headers: headers.collect(),
        body: response.body_mut().read_to_string().unwrap(),
    }
}
