//! The desktop application.

// A console window beside the application's own helps nobody on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    prefer_to_webkits_own("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    prefer_to_webkits_own("JSC_useGenerationalGC", "false");
    prefer_to_webkits_own("JSC_largeHeapSize", "8388608");
    share_memory_among_threads();
    keyrack_desktop::run()
}

/// Sets a variable that WebKitGTK reads, unless the user chose for himself.
///
/// - `WEBKIT_DISABLE_DMABUF_RENDERER=1`: frames are handed over in shared memory. Without a graphics card the DMABUF
///   renderer costs several times the processor time for each frame.
/// - `JSC_useGenerationalGC=false`: each collection of garbage looks at the whole page, which holds 10 MB. The small
///   ones leave what has lived through one, closed forms among it, with all that hangs on it outside of the heap.
/// - `JSC_largeHeapSize`, in bytes: a collection is due after 8 MB of new objects, not after 24.
///
/// docs/BENCHMARKS.md has the figures.
#[allow(
    unsafe_code,
    reason = "there is no safe way to set a variable for WebKit to read"
)]
fn prefer_to_webkits_own(variable: &str, value: &str) {
    if cfg!(target_os = "linux") && std::env::var_os(variable).is_none() {
        // SAFETY: these are the first statements of the program; no other thread reads or writes the environment yet.
        unsafe { std::env::set_var(variable, value) };
    }
}

/// Has all threads take memory from two heaps.
///
/// By default glibc gives up to eight heaps a processor to the threads, which each keep what they have freed: the window
/// answers the page on many threads, and grew by what each of them had once needed; docs/BENCHMARKS.md has the figures.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "the allocator is told in C alone")]
fn share_memory_among_threads() {
    const HEAPS: libc::c_int = 2;
    // SAFETY: it takes two numbers and no pointer, and no other thread runs yet. Where it fails, all stays as it was.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, HEAPS) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn share_memory_among_threads() {}
