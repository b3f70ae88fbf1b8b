//! Connections: accepted, given ten seconds to say what they want, and ended gently.

use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::limits::Peer;

/// How long a connection has for its handshake, and for the headers of each request.
const HEADERS: Duration = Duration::from_secs(10);
/// How long requests that are being answered have when the process is told to stop.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long to wait where no connection can be accepted, because the system has no more files.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers requests until the process is told to stop.
pub async fn until_told_to_stop(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router) {
    let graceful = GracefulShutdown::new();
    let stop = told_to_stop();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, from)) => {
                let (tls, router, watcher) = (tls.clone(), router.clone(), graceful.watcher());
                let peer = Peer(from.ip());
                tokio::spawn(answer((stream, peer), tls, router, watcher));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection is not accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    tracing::info!("told to stop");
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => tracing::info!("connections are cut"),
    }
}

async fn told_to_stop() {
    let term = signal(SignalKind::terminate());
    let Ok(mut term) = term else {
        tracing::warn!("the signal to stop cannot be heard");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

async fn answer(
    (stream, peer): (TcpStream, Peer),
    tls: Option<TlsAcceptor>,
    router: Router,
    watcher: Watcher,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection ended at once");
        return;
    }
    let Some(tls) = tls else {
        return speak((stream, peer), router, watcher).await;
    };
    let mut first = [0];
    let began = tokio::time::timeout(HEADERS, stream.peek(&mut first)).await;
    if matches!(began, Ok(Ok(1))) && first[0].is_ascii_alphabetic() {
        return plain(stream).await;
    }
    match tokio::time::timeout(HEADERS, tls.accept(stream)).await {
        Ok(Ok(stream)) => speak((stream, peer), router, watcher).await,
        Ok(Err(error)) => tracing::debug!(%error, "no handshake"),
        Err(_) => tracing::debug!("no handshake in time"),
    }
}

/// What somebody is told who speaks plain HTTP where connections are encrypted. What was asked is not read: a token may be in
/// it.
async fn plain(mut stream: TcpStream) {
    const SAID: &str = "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n\
        connection: close\r\n\r\nConnections to this port are encrypted: ask with https:// instead of http://.\n";
    let told = async {
        stream.write_all(SAID.as_bytes()).await?;
        stream.shutdown().await?;
        // A connection that is closed over what was not read takes the answer with it.
        let mut asked = [0; 4_096];
        while stream.read(&mut asked).await? > 0 {}
        Ok::<(), std::io::Error>(())
    };
    match tokio::time::timeout(FAREWELL, told).await {
        Ok(Err(error)) => tracing::debug!(%error, "plain HTTP was spoken"),
        Ok(Ok(())) | Err(_) => tracing::debug!("plain HTTP was spoken"),
    }
}

async fn speak(
    (stream, peer): (impl AsyncRead + AsyncWrite + Unpin + Send + 'static, Peer),
    router: Router,
    watcher: Watcher,
) {
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request.map(axum::body::Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended");
    }
}
