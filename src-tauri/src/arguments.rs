//! What the window was started with: which hotel's file it opens.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser;

/// The key rack of a hotel's front desk: room types and nights at a glance.
#[derive(Debug, Parser)]
#[command(name = "keyrack", version)]
pub struct Arguments {
    /// The hotel's file [default: KEYRACK_DB, or the application's own file]
    #[arg(long, value_name = "FILE", conflicts_with = "sample")]
    db: Option<PathBuf>,
    /// Open the sample hotel in this file, and build it first where it is missing
    #[arg(long, value_name = "FILE")]
    sample: Option<PathBuf>,
}

/// The hotel that a window is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A hotel of one's own in this file, if there is one yet.
    Own(PathBuf),
    /// The sample hotel in this file.
    Sample(PathBuf),
}

impl Arguments {
    /// The hotel asked for: by an argument, else by the variable `KEYRACK_DB`, else the application's own.
    pub fn wanted(self, variable: Option<OsString>, own: &Path) -> Wanted {
        let named = variable
            .filter(|value| !value.is_empty())
            .map(PathBuf::from);
        match self.sample {
            Some(file) => Wanted::Sample(file),
            None => Wanted::Own(self.db.or(named).unwrap_or_else(|| own.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(arguments: &[&str], variable: Option<&str>) -> Wanted {
        let arguments = Arguments::try_parse_from(["keyrack"].iter().chain(arguments)).unwrap();
        arguments.wanted(variable.map(OsString::from), Path::new("own.db"))
    }

    #[test]
    fn an_argument_outranks_the_variable_and_that_the_own_file() {
        let own = |file: &str| Wanted::Own(file.into());
        let cases: [(&[&str], Option<&str>, Wanted); 6] = [
            (&[], None, own("own.db")),
            (&[], Some(""), own("own.db")),
            (&[], Some("named.db"), own("named.db")),
            (&["--db", "given.db"], Some("named.db"), own("given.db")),
            (&["--sample", "s.db"], None, Wanted::Sample("s.db".into())),
            (
                &["--sample", "s.db"],
                Some("named.db"),
                Wanted::Sample("s.db".into()),
            ),
        ];
        for (arguments, variable, expected) in cases {
            assert_eq!(
                wanted(arguments, variable),
                expected,
                "{arguments:?} {variable:?}"
            );
        }
    }

    #[test]
    fn two_hotels_at_once_and_unknown_options_are_refused() {
        for arguments in [
            &["keyrack", "--db", "a", "--sample", "b"][..],
            &["keyrack", "--bd", "a"],
        ] {
            assert!(
                Arguments::try_parse_from(arguments).is_err(),
                "{arguments:?}"
            );
        }
    }
}
