//! A network between a desk and the centre that can be cut, and that loses, delays, repeats, reorders and garbles.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::chance::Chance;

/// What the network does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// It carries everything.
    Fair,
    /// Nobody is reached.
    Cut,
    /// Every connection meets its own misfortune.
    Foul,
    /// So many answers come, and then the line is cut.
    After(u32),
    /// It takes no request of more bytes.
    Small(usize),
    /// What is asked arrives, and no answer comes.
    Silent,
}

/// What becomes of one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Carried,
    /// What has more bytes is answered with 413.
    Small(usize),
    /// Ended when so many answers were carried.
    Answers(u32),
    /// Closed before a byte is carried.
    Refused,
    /// What is asked arrives; the answer is cut off after so many bytes.
    Cut(u64),
    /// The answer has one byte changed.
    Garbled(u64),
    /// It takes a while.
    Late(u64),
    /// What was asked arrives once more, later.
    Repeated,
    /// What was asked arrives when what the desk asked later has long been answered.
    Overtaken(u64),
    /// An answer of another program.
    Foreign,
    /// What is asked arrives, and no answer comes.
    Silent,
}

/// The network of one desk.
pub struct Proxy {
    pub address: SocketAddr,
    weather: Arc<Mutex<Weather>>,
    ends: Arc<AtomicBool>,
    /// How many connections met a misfortune.
    pub misfortunes: Arc<AtomicU64>,
}

impl Proxy {
    /// A network to the centre at `to`.
    pub fn to(to: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        let weather = Arc::new(Mutex::new(Weather::Fair));
        let ends = Arc::new(AtomicBool::new(false));
        let misfortunes = Arc::new(AtomicU64::new(0));
        let (now, ending, counted) = (weather.clone(), ends.clone(), misfortunes.clone());
        thread::spawn(move || {
            let mut chance = Chance::from(seed);
            while !ending.load(Ordering::SeqCst) {
                match listener.accept() {
                    Ok((client, _)) => {
                        client.set_nonblocking(false).unwrap();
                        let weather = *now.lock().unwrap();
                        let fate = fate(weather, &mut chance);
                        if fate != Fate::Carried {
                            counted.fetch_add(1, Ordering::SeqCst);
                        }
                        thread::spawn(move || carry(client, to, fate));
                    }
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {
                        thread::sleep(Duration::from_millis(2));
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        });
        Self {
            address,
            weather,
            ends,
            misfortunes,
        }
    }

    pub fn set(&self, weather: Weather) {
        *self.weather.lock().unwrap() = weather;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
    }
}

fn fate(weather: Weather, chance: &mut Chance) -> Fate {
    match weather {
        Weather::Fair => Fate::Carried,
        Weather::Cut => Fate::Refused,
        Weather::After(answers) => Fate::Answers(answers),
        Weather::Small(bytes) => Fate::Small(bytes),
        Weather::Silent => Fate::Silent,
        Weather::Foul => match chance.below(9) {
            0 => Fate::Refused,
            1 | 2 => Fate::Cut(chance.below(2_000)),
            3 => Fate::Garbled(chance.below(800)),
            4 => Fate::Late(chance.below(300)),
            5 => Fate::Repeated,
            6 => Fate::Foreign,
            7 => Fate::Overtaken(chance.below(600)),
            _ => Fate::Carried,
        },
    }
}

const TOO_LARGE: &[u8] =
    b"HTTP/1.1 413 Payload Too Large\r\nconnection: close\r\ncontent-length: 3\r\n\r\nno\n";

/// How many bytes a request says that it has, where it begins here.
fn length(part: &[u8]) -> usize {
    let head = String::from_utf8_lossy(part).to_ascii_lowercase();
    let words = head.split("\r\n").take_while(|line| !line.is_empty());
    let mut found = words.filter_map(|line| line.strip_prefix("content-length: "));
    found.next().map_or(0, |text| text.parse().unwrap())
}

/// The desk hears nothing and asks again; then its first request arrives after the second.
fn overtaken(mut client: TcpStream, to: SocketAddr, millis: u64) {
    let (mut asked, mut bytes) = (Vec::new(), [0; 16_384]);
    drop(client.set_read_timeout(Some(Duration::from_secs(2))));
    while !is_whole(&asked) {
        match client.read(&mut bytes) {
            Ok(count @ 1..) => asked.extend_from_slice(&bytes[..count]),
            _ => return,
        }
    }
    drop(client.shutdown(Shutdown::Both));
    thread::sleep(Duration::from_millis(millis));
    if let Ok(mut server) = TcpStream::connect(to) {
        drop(server.write_all(&asked));
        drop(server.set_read_timeout(Some(Duration::from_secs(2))));
        drop(server.read(&mut bytes));
    }
}

/// Whether the bytes are a request with all of its body.
fn is_whole(asked: &[u8]) -> bool {
    let head = asked.windows(4).position(|at| at == b"\r\n\r\n");
    head.is_some_and(|head| asked.len() >= head + 4 + length(asked))
}

fn carry(client: TcpStream, to: SocketAddr, fate: Fate) {
    if fate == Fate::Refused {
        drop(client.shutdown(Shutdown::Both));
        return;
    }
    if fate == Fate::Foreign {
        let mut client = client;
        let mut asked = [0; 1_024];
        drop(client.read(&mut asked));
        drop(client.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 3\r\n\r\nno\n"));
        return;
    }
    if let Fate::Overtaken(millis) = fate {
        return overtaken(client, to, millis);
    }
    let Ok(server) = TcpStream::connect(to) else {
        drop(client.shutdown(Shutdown::Both));
        return;
    };
    let (mut asks, mut hears) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let mut says = client.try_clone().unwrap();
    let asking = thread::spawn(move || {
        let mut kept = Vec::new();
        let mut bytes = [0; 16_384];
        while let Ok(count) = asks.read(&mut bytes) {
            if count == 0 {
                break;
            }
            kept.extend_from_slice(&bytes[..count]);
            if matches!(fate, Fate::Small(most) if length(&bytes[..count]) > most) {
                drop(says.write_all(TOO_LARGE));
                // What is still on its way is read, so that the answer is not lost with it.
                while asks.read(&mut bytes).is_ok_and(|count| count > 0) {}
                break;
            }
            if let Fate::Late(millis) = fate {
                thread::sleep(Duration::from_millis(millis));
            }
            if hears.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
        drop(hears.shutdown(Shutdown::Write));
        kept
    });
    answer(server, &client, fate);
    drop(client.shutdown(Shutdown::Both));
    let kept = asking.join().unwrap();
    if fate == Fate::Repeated {
        // The same requests again, when the desk has long gone on.
        thread::sleep(Duration::from_millis(150));
        if let Ok(mut again) = TcpStream::connect(to) {
            drop(again.write_all(&kept));
            drop(again.set_read_timeout(Some(Duration::from_millis(500))));
            drop(again.read(&mut [0; 16_384]));
        }
    }
}

fn answer(mut server: TcpStream, mut client: &TcpStream, fate: Fate) {
    let (mut carried, mut answers) = (0, 0);
    let mut bytes = [0; 16_384];
    while let Ok(count) = server.read(&mut bytes) {
        if count == 0 {
            return;
        }
        let part = &mut bytes[..count];
        match fate {
            Fate::Cut(after) if carried + count as u64 > after => {
                let left = usize::try_from(after - carried).unwrap();
                drop(client.write_all(&part[..left]));
                drop(server.shutdown(Shutdown::Both));
                return;
            }
            Fate::Answers(most) => {
                // The centre writes each answer at once.
                answers += u32::from(part.starts_with(b"HTTP/1.1 "));
                if answers > most {
                    drop(server.shutdown(Shutdown::Both));
                    return;
                }
            }
            Fate::Silent => continue,
            Fate::Garbled(at) if (carried..carried + count as u64).contains(&at) => {
                part[usize::try_from(at - carried).unwrap()] ^= 0x15;
            }
            _ => {}
        }
        if client.write_all(part).is_err() {
            return;
        }
        carried += count as u64;
    }
}
