//! What serde asks of more than one type.

/// Whether a flag is off, and need not be written.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
pub(crate) fn is_off(value: &bool) -> bool {
    !value
}

/// Whether a number of rooms is none, and need not be written.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
pub(crate) fn is_zero(rooms: &u32) -> bool {
    *rooms == 0
}

/// Whether a count of rooms is none, and need not be written.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
pub(crate) fn is_none(rooms: &i32) -> bool {
    *rooms == 0
}
