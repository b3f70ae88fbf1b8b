//! The real window: its shell, its page and the hotel behind it, driven as a clerk would.

mod security;
