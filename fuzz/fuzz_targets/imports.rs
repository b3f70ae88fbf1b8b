#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    keyrack_fuzzed::imports(bytes);
});
