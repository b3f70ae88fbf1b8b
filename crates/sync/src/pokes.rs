//! The line on which the centre says that its feed has moved.

use reqwest::Response;

/// A line on which pokes come.
#[derive(Debug)]
pub struct Pokes {
    response: Response,
    unread: Vec<u8>,
}

impl Pokes {
    /// The line of this answer.
    pub(crate) fn on(response: Response) -> Self {
        Self {
            response,
            unread: Vec::new(),
        }
    }

    /// Waits for the next poke; nothing where the line has ended.
    pub async fn next(&mut self) -> Option<u64> {
        loop {
            while let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                let line = String::from_utf8_lossy(&line);
                let number = line.strip_prefix("data:").map(str::trim);
                if let Some(number) = number.and_then(|text| text.parse().ok()) {
                    return Some(number);
                }
            }
            if self.unread.len() > 1_024 {
                return None;
            }
            let chunk = self.response.chunk().await.ok()??;
            self.unread.extend_from_slice(&chunk);
        }
    }
}
