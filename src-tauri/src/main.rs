//! The desktop application.

// A console window beside the application's own helps nobody on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    prefer_shared_memory_rendering();
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
