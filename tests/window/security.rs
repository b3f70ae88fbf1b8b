//! What the page can never do, whatever runs in it.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use keyrack_tests::{Outcome, Session};
use serde_json::json;

/// Calls a command as the page's own code does, and gives what came of it.
const CALL: &str = "const [name, input, done] = arguments; \
    window.__TAURI_INTERNALS__.invoke(name, input).then( \
        (value) => done({ value: value ?? null }), (error) => done({ error: String(error) }))";

/// A page outside the application that counts its visitors.
struct Elsewhere {
    address: String,
    visits: Arc<AtomicUsize>,
}

impl Elsewhere {
    fn listen() -> Outcome<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = format!("http://{}/", listener.local_addr()?);
        let visits = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&visits);
        std::thread::spawn(move || {
            for mut visitor in listener.incoming().flatten() {
                counter.fetch_add(1, Ordering::SeqCst);
                // A visitor that left again has been counted all the same.
                let _ = visitor.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
        Ok(Self { address, visits })
    }
}

#[tokio::test]
async fn what_no_capability_allows_is_refused() -> Outcome {
    let session = Session::start(&[]).await?;
    let page = session.page();
    for command in [
        "plugin:window|close",
        "plugin:event|emit",
        "plugin:app|version",
        "no_such",
    ] {
        let answer = page
            .run_slowly(CALL, vec![json!(command), json!({})])
            .await?;
        let refused = answer["error"]
            .as_str()
            .is_some_and(|text| text.contains("not allowed"));
        assert!(refused, "{command} gave {answer}");
    }
    session.close().await
}

#[tokio::test]
async fn the_page_cannot_be_left_and_opens_no_other() -> Outcome {
    let elsewhere = Elsewhere::listen()?;
    let session = Session::start(&[]).await?;
    let page = session.page();
    let here = page.run("return location.href", vec![]).await?;

    page.run(
        "location.href = arguments[0]",
        vec![json!(elsewhere.address)],
    )
    .await?;
    page.run_slowly("setTimeout(arguments[0], 300)", vec![])
        .await?;
    assert_eq!(page.run("return location.href", vec![]).await?, here);

    // A window may only open from a person's click, so one is needed to see it denied.
    let plant = "const to = arguments[0]; const button = document.createElement('button'); \
        button.textContent = 'Out'; button.style.cssText = 'position: fixed; z-index: 9; left: 0; top: 0'; \
        button.onclick = () => (window.opened = window.open(to)); document.body.append(button)";
    page.run(plant, vec![json!(elsewhere.address)]).await?;
    page.click("button", "Out").await?;
    let denied = "return window.opened === null";
    page.until("the click to be denied", denied, vec![], |denied| {
        denied == &json!(true)
    })
    .await?;
    page.run_slowly("setTimeout(arguments[0], 300)", vec![])
        .await?;
    assert_eq!(
        elsewhere.visits.load(Ordering::SeqCst),
        0,
        "the page got out"
    );
    session.close().await
}

#[tokio::test]
async fn scripts_from_strings_and_from_elsewhere_do_not_run() -> Outcome {
    let session = Session::start(&[]).await?;
    let page = session.page();
    let inline = "const script = document.createElement('script'); \
        script.textContent = 'window.planted = 1'; document.head.append(script); \
        return window.planted === undefined";
    assert_eq!(
        page.run(inline, vec![]).await?,
        json!(true),
        "an inline script ran"
    );
    let remote = "const done = arguments[0]; const script = document.createElement('script'); \
        addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective)); \
        script.src = 'https://example.com/x.js'; document.head.append(script)";
    assert_eq!(
        page.run_slowly(remote, vec![]).await?,
        json!("script-src-elem")
    );
    let frozen = "return Object.isFrozen(Object.prototype)";
    assert_eq!(
        page.run(frozen, vec![]).await?,
        json!(true),
        "Object.prototype can be changed"
    );
    session.close().await
}
