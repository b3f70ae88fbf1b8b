//! The desktop application.

// A console window beside the application's own helps nobody on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    prefer_shared_memory_rendering();
    share_memory_among_threads();
    keyrack_desktop::run()
}

/// Has WebKitGTK hand its frames over in shared memory, unless the user chose for himself.
///
/// Without a graphics card the DMABUF renderer costs several times the processor time for each
/// frame; docs/OPERATIONS.md has the figures.
#[allow(
    unsafe_code,
    reason = "there is no safe way to set a variable for WebKit to read"
)]
fn prefer_shared_memory_rendering() {
    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if cfg!(target_os = "linux") && std::env::var_os(VARIABLE).is_none() {
        // SAFETY: this is the first statement of the program; no other thread reads or writes the
        // environment yet.
        unsafe { std::env::set_var(VARIABLE, "1") };
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
