//! The desktop application.

// A console window beside the application's own helps nobody on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    let set = FOR_WEBKIT
        .into_iter()
        .filter(|(variable, value)| prefer_to_webkits_own(variable, value));
    keyrack_desktop::keep_from_viewers(set.map(|(variable, _)| variable).collect());
    keyrack_desktop::share_memory_among_threads();
    keyrack_desktop::run()
}

/// What WebKitGTK reads from the environment.
///
/// - `WEBKIT_DISABLE_DMABUF_RENDERER=1`: frames are handed over in shared memory. Without a graphics card the DMABUF
///   renderer costs several times the processor time for each frame.
/// - `JSC_useGenerationalGC=false`: each collection of garbage looks at the whole page, which holds 10 MB. The small
///   ones leave what has lived through one, closed forms among it, with all that hangs on it outside of the heap.
/// - `JSC_largeHeapSize`, in bytes: a collection is due after 8 MB of new objects, not after 24.
///
/// docs/BENCHMARKS.md has the figures.
const FOR_WEBKIT: [(&str, &str); 3] = [
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ("JSC_useGenerationalGC", "false"),
    ("JSC_largeHeapSize", "8388608"),
];

/// Sets a variable unless the user chose for himself; whether it did.
#[allow(
    unsafe_code,
    reason = "there is no safe way to set a variable for WebKit to read"
)]
fn prefer_to_webkits_own(variable: &str, value: &str) -> bool {
    let wanted = cfg!(target_os = "linux") && std::env::var_os(variable).is_none();
    if wanted {
        // SAFETY: these are the first statements of the program; no other thread reads or writes the environment yet.
        unsafe { std::env::set_var(variable, value) };
    }
    wanted
}
