//! `ce bootstrap`: prepares accounts and regions.

use std::collections::BTreeSet;
use std::sync::Arc;

use ce_deploy::cloud::Place;
use ce_deploy::engine::{Deployment, Exit};

use super::{deploying, judging};
use crate::arguments::{Bootstrap, Chosen};
use crate::bootstrap::{self, Preparation, TEMPLATE};
use crate::drive::state_folder;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, arguments: &Bootstrap) -> Result<Exit, Stop> {
    if arguments.show {
        session.screen.result(TEMPLATE.trim_end());
        return Ok(Exit::Done);
    }
    let places = places(session, arguments).await?;
    let preparation = Preparation {
        trust: arguments.trust.clone(),
        execution_policies: arguments.execution_policies.clone(),
        qualifier: arguments.qualifier.clone(),
    };
    let folder = state_folder(session.global.state_dir.as_deref()).join("bootstrap");
    let assembly = Arc::new(bootstrap::assembly(&places, &preparation, folder));
    let (file, journal) = deploying::journal(session, &assembly)?;
    // The stock tool changes this stack too, and knows nothing of the policies of ours.
    let options = deploying::options(&arguments.manner)?.journal(journal).stack_policy(false);
    let mut deployment = Deployment::deploy(Arc::clone(&assembly), judging::judge(), options);
    let named: Vec<String> = places.iter().map(ToString::to_string).collect();
    let again = format!("ce bootstrap {}", named.join(" "));
    let (prompt, looking) = (deploying::prompt(again, &arguments.manner), arguments.manner.looking);
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut deployment, prompt, looking).await?;
    deploying::conclude(session, "bootstrap", &ended, &telling);
    Ok(ended.exit)
}

/// The places that were named, or those of the assembly.
async fn places(session: &Session, arguments: &Bootstrap) -> Result<Vec<Place>, Stop> {
    if arguments.places.is_empty() {
        let (assembly, _) = session.assembly(&Chosen::default()).await?;
        let places: BTreeSet<Place> = assembly.stacks.into_iter().map(|stack| stack.place).collect();
        return Ok(places.into_iter().collect());
    }
    arguments.places.iter().map(|text| place(text)).collect()
}

/// `ACCOUNT/REGION`, also as the stock CLI has it: `aws://ACCOUNT/REGION`.
fn place(text: &str) -> Result<Place, Stop> {
    let wrong = || Stop::new(Exit::Usage, format!("`{text}` is no place")).help("write `111111111111/eu-west-1`");
    let (account, region) = text.trim_start_matches("aws://").split_once('/').ok_or_else(wrong)?;
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    let is_region = region.contains('-') && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_account && is_region).then(|| Place::new(account, region)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn places() {
        assert_eq!(place("111111111111/eu-west-1").unwrap().to_string(), "111111111111/eu-west-1");
        assert!(place("aws://111111111111/eu-west-1").is_ok());
        for wrong in ["eu-west-1", "11/eu-west-1", "111111111111/", "111111111111/eu west-1"] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
    }
}
