//! The one window, and what its page may never do: leave the application, or open another window.

use tauri::utils::config::WebviewUrl;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Runtime, Url, WebviewWindow, WebviewWindowBuilder};

/// The label of the window; the capability file names it too.
pub const LABEL: &str = "main";

const SIZE: (f64, f64) = (1280.0, 800.0);
const LEAST_SIZE: (f64, f64) = (900.0, 600.0);

/// Opens the window on the application's own page.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Keyrack")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(LEAST_SIZE.0, LEAST_SIZE.1)
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
}

/// Whether `url` is a page that came with the application.
fn is_own_page(url: &Url) -> bool {
    let own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Windows and Android serve the same protocol under this host name.
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    own || (tauri::is_dev() && url.origin().ascii_serialization() == "http://localhost:5173")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_applications_own_page_may_be_navigated_to() {
        let cases = [
            ("tauri://localhost/", true),
            ("tauri://localhost/index.html?x=1", true),
            ("http://tauri.localhost/", true),
            ("https://tauri.localhost/index.html", true),
            ("tauri://elsewhere/", false),
            ("https://example.com/", false),
            ("http://localhost:5173/", false),
            ("http://localhost/", false),
            ("http://tauri.localhost.example.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,<p>hello</p>", false),
            ("about:blank", false),
            ("javascript:alert(1)", false),
        ];
        for (url, allowed) in cases {
            let parsed = Url::parse(url).unwrap();
            assert_eq!(is_own_page(&parsed), allowed, "{url}");
        }
    }
}
