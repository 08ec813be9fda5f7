//! `ce explain CODE`: what a finding, an exit code, a class or a kind of risk means.

use ce_deploy::risk::{Kind, RiskClass};
use serde_json::json;

use crate::exit::meaning;
use crate::screen::style;
use crate::session::Session;
use crate::stop::Stop;
use ce_deploy::engine::Exit;

pub(super) fn run(session: &Session, code: Option<&str>) -> Result<Exit, Stop> {
    let Some(code) = code else { return Ok(list(session)) };
    let (title, about) = explanation(code).ok_or_else(|| {
        Stop::new(Exit::Usage, format!("nothing has the code `{code}`")).help("`ce explain` lists every code")
    })?;
    if session.global.json {
        session
            .screen
            .json(&json!({ "version": 1, "command": "explain", "code": code, "title": title, "about": about }));
    } else {
        let (strong, end) = (style::STRONG, style::STRONG.render_reset());
        session.screen.result(&format!("{strong}{title}{end}\n\n{about}"));
    }
    Ok(Exit::Done)
}

/// The title and the text of a code.
fn explanation(code: &str) -> Option<(String, String)> {
    if let Ok(number) = code.parse::<u8>() {
        let exit = Exit::all().find(|exit| exit.code() == number)?;
        let (means, next) = meaning(exit);
        return Some((format!("exit code {number}: {means}"), format!("What to do: {next}.")));
    }
    if let Ok(class) = code.parse::<RiskClass>() {
        return Some((format!("risk `{class}`"), about(class).to_owned()));
    }
    if let Some(kind) = Kind::of(code) {
        let about = "A kind of risk: what one rule finds. `ce plan --full` shows every risk, `--json` names its kind.";
        return Some((format!("risk `{}`: {}", kind.rule, kind.about), about.to_owned()));
    }
    let rule = ce::run::rules().into_iter().find(|rule| rule.code.as_str().eq_ignore_ascii_case(code))?;
    let accept = if rule.code.can_be_accepted() {
        format!("\n\nAccept it where it is meant: `scope.accept(Code::new(\"{}\"), \"why\")`", rule.code)
    } else {
        String::new()
    };
    Some((format!("{}: {}", rule.code, rule.title), format!("{}{accept}", rule.about)))
}

fn about(class: RiskClass) -> &'static str {
    match class {
        RiskClass::DataLoss => {
            "Something that holds data is deleted, replaced, or no longer kept when it is removed. It is asked about by the resource's \
             own name, and `--require-approval=never` does not change that: `--allow-destroy Stack.Resource` or `--allow-replace Stack.Resource` do."
        }
        RiskClass::Broadening => {
            "Somebody may do more than before: a statement of a policy, a resource policy, a trust. `--yes-for broadening` agrees beforehand."
        }
        RiskClass::Exposure => {
            "More of a network, or the world, reaches something. `--yes-for exposure` agrees beforehand."
        }
        RiskClass::Weakening => {
            "A safeguard goes: encryption, protection against deletion, backups, logs. `--yes-for weakening` agrees beforehand."
        }
        _ => {
            "Something that holds no data is replaced, or stands still while it is updated. It is said and, unless you want so, not asked."
        }
    }
}

fn list(session: &Session) -> Exit {
    let exits = Exit::all().map(|exit| (exit.code().to_string(), meaning(exit).0.to_owned()));
    let risks = RiskClass::all().map(|class| (class.to_string(), "class of risk".to_owned()));
    let kinds = Kind::all().map(|kind| (kind.rule.to_owned(), kind.about.to_owned()));
    let rules = ce::run::rules().into_iter().map(|rule| (rule.code.to_string(), rule.title.to_owned()));
    let all: Vec<(String, String)> = exits.chain(risks).chain(kinds).chain(rules).collect();
    if session.global.json {
        let codes: Vec<_> = all.iter().map(|(code, title)| json!({ "code": code, "title": title })).collect();
        session.screen.json(&json!({ "version": 1, "command": "explain", "codes": codes }));
    } else {
        let lines: Vec<String> = all.iter().map(|(code, title)| format!("{code:<24}{title}")).collect();
        session.screen.result(&lines.join("\n"));
    }
    Exit::Done
}

#[cfg(test)]
mod tests {
    use ce_deploy::risk::{Kind, RiskClass};

    use super::{Exit, explanation};

    #[test]
    fn every_code_is_explained() {
        let exits = Exit::all().map(|exit| exit.code().to_string());
        let risks = RiskClass::all().map(|class| class.to_string());
        let kinds = Kind::all().map(|kind| kind.rule.to_owned());
        let rules = ce::run::rules().into_iter().map(|rule| rule.code.to_string());
        for code in exits.chain(risks).chain(kinds).chain(rules) {
            let (title, about) = explanation(&code).unwrap_or_else(|| panic!("{code}"));
            assert!(!title.is_empty() && !about.is_empty(), "{code}");
        }
        assert_eq!(explanation("CE9999"), None);
        assert_eq!(explanation("77"), None);
    }
}
