//! `keyrack-central`: arguments in, words out.

mod arguments;

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Alert, Arguments, Chain, Command, Desk, Property};
use clap::Parser;
use keyrack_central::alerts::Told;
use keyrack_central::config::{Config, Settings};
use keyrack_central::enrol::{self, CODE_MINUTES, Verdict};
use keyrack_central::{CentralError, Ledger, chain, clock, epoch, reconcile, serve, verify};

/// A line on standard output.
macro_rules! say {
    ($($said:tt)*) => {
        said(format_args!($($said)*))?
    };
}

fn said(line: fmt::Arguments<'_>) -> Result<(), CentralError> {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    written.map_err(CentralError::Output)
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_writer(std::io::stderr)
        .with_max_level(tracing::Level::INFO)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments)),
        Err(error) => Err(CentralError::io("starting")(error)),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // A reader that has seen enough closes its end; that is no failure of ours.
        Err(CentralError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("keyrack-central: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does what is asked, and says whether all is well.
async fn run(arguments: Arguments) -> Result<bool, CentralError> {
    let file = match &arguments.config {
        Some(path) => Settings::read(path)?,
        None => Settings::default(),
    };
    let config = arguments.settings().over(file).finish()?;
    if let Command::Serve(_) = arguments.command {
        serve::serve(&config).await?;
        return Ok(true);
    }
    if let Command::Alert(Alert::Test) = arguments.command {
        return test(&config).await;
    }
    let ledger = config.ledger()?;
    ledger.session().await?.migrate().await?;
    match arguments.command {
        Command::Serve(_) | Command::Alert(Alert::Test) => {}
        Command::Alert(Alert::List) => alerts(&ledger).await?,
        Command::Property(command) => property(&ledger, command).await?,
        Command::Desk(command) => desk(&ledger, &config, command).await?,
        Command::Chain(command) => chain(&ledger, command).await?,
        Command::Verify { property } => return verified(&ledger, &property).await,
        Command::Rebuild {
            property,
            of_a_broken_trail,
            actor,
        } => {
            let reason = of_a_broken_trail.as_ref().zip(actor.as_ref());
            let all_the_same = reason.map(|(reason, actor)| verify::AllTheSame { actor, reason });
            return rebuilt(&ledger, &property, all_the_same).await;
        }
        Command::Erase { property, id } => {
            let mut session = ledger.session().await?;
            let was_there = enrol::erase(&mut session, &property, id, clock::now()).await?;
            let so_far = if was_there {
                "is erased"
            } else {
                "was not here, and will not be kept"
            };
            say!("{id} {so_far}.");
        }
    }
    Ok(true)
}

async fn verified(ledger: &Ledger, property: &str) -> Result<bool, CentralError> {
    let mut session = ledger.session().await?;
    let checks = reconcile::compare(&mut session, property, clock::now()).await?;
    for check in &checks {
        let word = if check.wrong.is_empty() {
            "ok   "
        } else {
            "WRONG"
        };
        say!("{word} {}", check.name);
        for wrong in &check.wrong {
            say!("      {wrong}");
        }
    }
    Ok(checks.iter().all(|check| check.wrong.is_empty()))
}

/// Writes a property anew, and says what that did not mend.
async fn rebuilt(
    ledger: &Ledger,
    property: &str,
    all_the_same: Option<verify::AllTheSame<'_>>,
) -> Result<bool, CentralError> {
    let mut session = ledger.session().await?;
    let cells = verify::rebuild(&mut session, property, all_the_same, clock::now()).await?;
    say!("{property} is written anew: {cells} cells.");
    let checks = reconcile::compare(&mut session, property, clock::now()).await?;
    let wrong: Vec<_> = checks
        .iter()
        .filter(|check| !check.wrong.is_empty())
        .collect();
    for check in &wrong {
        say!("WRONG {}, which is not mended so", check.name);
        for wrong in &check.wrong {
            say!("      {wrong}");
        }
    }
    Ok(wrong.is_empty())
}

async fn property(ledger: &Ledger, command: Property) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    match command {
        Property::Add { code } => {
            enrol::add_property(&mut session, &code, clock::now()).await?;
            say!("{code} is added. Let its first desk in with: keyrack-central desk code {code}");
        }
        Property::List => {
            let tx = session.snapshot().await?;
            for id in tx.property_ids().await? {
                let found = tx.property(id).await?;
                let catalogue = found.catalogue.as_ref();
                let name = catalogue.map_or("empty", |all| all.property.name.as_str());
                let desks = tx.desks(id).await?;
                let desks = desks.iter().filter(|desk| !desk.is_revoked).count();
                let (code, head) = (found.code.as_str(), found.feed_head);
                say!("{code}\t{name}\tdesks {desks}\tentries {head}");
            }
        }
        Property::Restored { code } => {
            let epoch = epoch::restored(&mut session, &code, clock::now()).await?;
            say!("{code} goes on in epoch {epoch}: have every desk exchange before much is sold.");
        }
    }
    Ok(())
}

async fn desk(ledger: &Ledger, config: &Config, command: Desk) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    let (property, letters, verdict) = match command {
        Desk::Code { property, desk } => {
            let letters = desk.map(|letters| letters.to_ascii_uppercase());
            let known = config.fingerprint()?;
            let now = clock::now();
            let code = enrol::new_code(
                &mut session,
                (&property, letters.as_deref()),
                known.as_ref(),
                now,
            );
            say!("{}", code.await?.reveal());
            match letters {
                None => {
                    eprintln!("One desk can join with this code within {CODE_MINUTES} minutes.");
                }
                Some(letters) => eprintln!(
                    "Desk {letters} is let in again with this code within {CODE_MINUTES} minutes: \
                     keyrackctl enrol URL CODE. What it showed before lets nobody in then."
                ),
            }
            return Ok(());
        }
        Desk::List { property } => return list(ledger, &property).await,
        Desk::Parked { property } => return parked(ledger, &property).await,
        Desk::Revoke { property, letters } => (property, letters, Verdict::Revoke),
        Desk::Lost {
            property,
            letters,
            yes,
        } => (property, letters, Verdict::Lost { sure: yes }),
        Desk::Accept { property, letters } => (property, letters, Verdict::Accept),
    };
    let letters = letters.to_ascii_uppercase();
    let rooms = enrol::judge(&mut session, &property, &letters, verdict, clock::now()).await?;
    match verdict {
        Verdict::Revoke => say!("Desk {letters} is let in no more."),
        Verdict::Lost { .. } => {
            say!("Desk {letters} is lost: {rooms} room nights went back to the others.")
        }
        Verdict::Accept => say!(
            "Desk {letters} may have rights again: {rooms} room nights of its other copy went back."
        ),
    }
    Ok(())
}

/// Whether a message that tells of nothing arrives everywhere.
async fn test(config: &Config) -> Result<bool, CentralError> {
    let mut arrives = true;
    for target in config.targets.each() {
        match target.send(&Told::test(clock::now())).await {
            Ok(()) => say!("{}: arrived", target.name()),
            Err(error) => {
                say!("{}: {error}", target.name());
                arrives = false;
            }
        }
    }
    if config.targets.each().is_empty() {
        say!("Nobody is told of alerts: set `webhooks` or `mail`.");
    }
    Ok(arrives)
}

async fn alerts(ledger: &Ledger) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    let tx = session.snapshot().await?;
    for alert in tx.open_alerts(None).await? {
        let what = &alert.what;
        let sentence = what.sentence(&alert.property);
        say!(
            "{}\tsince {}\t{sentence}",
            what.kind.as_str(),
            alert.opened_at
        );
    }
    for (receiver, count, since) in tx.unsent().await? {
        say!("not arrived\tsince {since}\t{receiver}: {count} messages");
    }
    Ok(())
}

async fn chain(ledger: &Ledger, command: Chain) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    match command {
        Chain::Token { name, walks } => {
            let token = chain::new_token(&mut session, &name, walks, clock::now()).await?;
            say!("{}", token.reveal());
            eprintln!("It is told once, and looks at every property until it is revoked.");
        }
        Chain::Allow { from, to } => {
            chain::allow_walks(&mut session, (&from, &to), true, clock::now()).await?;
            say!("Guests of {from} may be walked to {to}.");
        }
        Chain::Deny { from, to } => {
            chain::allow_walks(&mut session, (&from, &to), false, clock::now()).await?;
            say!("Guests of {from} are walked to {to} no more.");
        }
        Chain::List => {
            let tx = session.snapshot().await?;
            for (from, to, since) in tx.sisters().await? {
                say!("{from} to {to}\twalks\tsince {since}");
            }
            for token in tx.chain_tokens().await? {
                let standing = match token.revoked_at {
                    Some(at) => format!("revoked {at}"),
                    None => "lets in".to_owned(),
                };
                let may = if token.may_walk {
                    "looks and walks"
                } else {
                    "looks"
                };
                say!(
                    "{}\t{may}\tmade {}\t{standing}",
                    token.name,
                    token.created_at
                );
            }
        }
        Chain::Revoke { name } => {
            chain::revoke_token(&mut session, &name, clock::now()).await?;
            say!("{name} lets in no more.");
        }
    }
    Ok(())
}

async fn parked(ledger: &Ledger, property: &str) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    let tx = session.snapshot().await?;
    let id = tx.property_id(property).await?;
    for (letters, command, rooms) in tx.apart_commands(id).await? {
        say!("{letters}\t{command}\t{rooms} room nights");
    }
    Ok(())
}

async fn list(ledger: &Ledger, property: &str) -> Result<(), CentralError> {
    let mut session = ledger.session().await?;
    let tx = session.snapshot().await?;
    let id = tx.property_id(property).await?;
    for desk in tx.desks(id).await? {
        let standing = desk.standing();
        let (letters, name) = (desk.letters.as_str(), desk.name.as_str());
        let seen = desk.seen_at.map_or("never".to_owned(), |at| at.to_string());
        let (epoch, seq) = (desk.holder.epoch, desk.last_seq);
        say!("{letters}\t{name}\t{standing}\theard {seen}\tepoch {epoch}\tcommands {seq}");
    }
    Ok(())
}
