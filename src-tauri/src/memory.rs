//! Memory that glibc keeps and nobody uses. docs/BENCHMARKS.md has the figures.

/// Has all threads take memory from two heaps. To be called before a second thread runs.
///
/// By default glibc gives up to eight heaps a processor to the threads, which each keep what they have freed: the window
/// answers the page on many threads, and grew by what each of them had once needed.
pub fn share_among_threads() {
    glibc::share_among_threads();
}

/// Gives the system back, each half minute, what was freed and stands between pieces that are in use.
///
/// By itself glibc gives back the end of a heap alone: a health check or a verification reads much at once, and what it
/// read stayed with the window, some 50 MB, for as long as it was open.
pub fn give_back_again_and_again() {
    glibc::give_back_again_and_again();
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "the allocator is told in C alone")]
mod glibc {
    use std::thread;
    use std::time::Duration;

    const HEAPS: libc::c_int = 2;
    const GIVE_BACK_EVERY: Duration = Duration::from_secs(30);
    /// Bytes that may stay at the end of a heap.
    const KEPT: libc::size_t = 0;

    pub fn share_among_threads() {
        // SAFETY: it takes two numbers and no pointer. Where it fails, all stays as it was.
        unsafe { libc::mallopt(libc::M_ARENA_MAX, HEAPS) };
    }

    pub fn give_back_again_and_again() {
        thread::spawn(|| {
            loop {
                thread::sleep(GIVE_BACK_EVERY);
                // SAFETY: it takes a number, locks each heap while it works on it, and moves nothing that is in use.
                unsafe { libc::malloc_trim(KEPT) };
            }
        });
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod glibc {
    pub fn share_among_threads() {}

    pub fn give_back_again_and_again() {}
}
