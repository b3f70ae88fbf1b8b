//! What the page can never do, whatever runs in it.

use std::io::ErrorKind;
use std::net::TcpListener;

use keyrack_tests::{Outcome, Session};
use serde_json::json;

/// Calls a command as the page's own code does, and gives what came of it.
const CALL: &str = "const [name, input, done] = arguments; \
    window.__TAURI_INTERNALS__.invoke(name, input).then( \
        (value) => done({ value: value ?? null }), (error) => done({ error: String(error) }))";

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
    let elsewhere = TcpListener::bind(("127.0.0.1", 0))?;
    elsewhere.set_nonblocking(true)?;
    let address = format!("http://{}/", elsewhere.local_addr()?);
    let session = Session::start(&[]).await?;
    let page = session.page();
    let here = page.run("return location.href", vec![]).await?;

    page.run("location.href = arguments[0]", vec![json!(address)])
        .await?;
    let open = "return window.open(arguments[0]) === null";
    assert_eq!(
        page.run(open, vec![json!(address)]).await?,
        json!(true),
        "a window opened"
    );
    page.run_slowly("setTimeout(arguments[0], 300)", vec![])
        .await?;

    assert_eq!(page.run("return location.href", vec![]).await?, here);
    let visit = elsewhere.accept();
    assert!(
        visit.is_err_and(|error| error.kind() == ErrorKind::WouldBlock),
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
