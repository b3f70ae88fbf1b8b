//! The request that a thread works at: every answer, error and line of the log names it.

use std::cell::Cell;

use uuid::Uuid;

thread_local! {
    static CURRENT: Cell<Option<Uuid>> = const { Cell::new(None) };
}

/// Works under a name: of what is answered, refused or logged meanwhile on this thread all carries it.
pub fn under<T>(id: Uuid, work: impl FnOnce() -> T) -> T {
    struct Back(Option<Uuid>);
    impl Drop for Back {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let _back = Back(CURRENT.replace(Some(id)));
    work()
}

/// The request that this thread works at; a new name where it works at none.
pub fn current() -> Uuid {
    CURRENT.get().unwrap_or_else(Uuid::now_v7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_keeps_its_name_until_it_ends_even_by_a_panic() {
        let (outer, inner) = (Uuid::now_v7(), Uuid::now_v7());
        under(outer, || {
            assert_eq!(current(), outer);
            under(inner, || assert_eq!(current(), inner));
            let stumbled = std::panic::catch_unwind(|| under(inner, || panic!("planted")));
            assert!(stumbled.is_err());
            assert_eq!(current(), outer);
        });
        assert_ne!(current(), current());
    }
}
