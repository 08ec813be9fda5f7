//! What a policy lets somebody do that they could not do before.

use super::patterns::Patterns;
use super::statement::Statement;
use crate::risk::Gravity;

/// Something that is allowed and was not, or is no longer denied.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Gain {
    /// In words, after the name of who allows it.
    pub(crate) words: String,
    /// How grave it is among gains.
    pub(crate) gravity: Gravity,
}

impl Gain {
    /// What a part of a policy allows, or no longer denies.
    pub(super) fn of(part: &Statement, verb: &str) -> Self {
        Self { words: format!("{verb} {}", part.words()), gravity: gravity(part) }
    }

    /// What nobody can say.
    pub(super) fn unknown(words: &str) -> Self {
        Self { words: words.to_owned(), gravity: Gravity::High }
    }
}

/// Who gets in counts where a statement says who; what may be done counts where it is attached to somebody.
fn gravity(part: &Statement) -> Gravity {
    let open = part.condition.is_empty();
    if !part.allows {
        return Gravity::Middle;
    }
    if part.says_who {
        return match &part.principals {
            all if *all == Patterns::all() && open => Gravity::High,
            Patterns::Only(list) if list.iter().all(|one| one.text().starts_with("Service:")) => Gravity::Low,
            Patterns::AllBut(_) if open => Gravity::High,
            _ => Gravity::Middle,
        };
    }
    let everything = matches!(&part.resources, Patterns::Only(list) if list.iter().any(super::wildcard::Wildcard::is_all))
        || matches!(part.resources, Patterns::AllBut(_));
    let wide = match &part.actions {
        Patterns::AllBut(_) => true,
        Patterns::Only(list) => list.iter().any(|one| one.is_all() || one.text().ends_with(":*")),
    };
    match (wide || hands_on(part), everything && open) {
        (true, true) => Gravity::High,
        (false, false) => Gravity::Low,
        _ => Gravity::Middle,
    }
}

/// Whether it lets its holder get, or give, what others may do.
/// Source: IAM user guide, on passing roles and on permissions management.
fn hands_on(part: &Statement) -> bool {
    const READS: [&str; 4] = ["iam:get", "iam:list", "iam:generate", "iam:simulate"];
    let Patterns::Only(list) = &part.actions else { return true };
    list.iter().map(|one| one.text()).any(|action| {
        action == "sts:assumerole" || (action.starts_with("iam:") && !READS.iter().any(|read| action.starts_with(read)))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::risk::Gravity::{self, High, Low, Middle};
    use crate::risk::policy::{Accounts, Policy};

    fn gravity(statement: &Value) -> Gravity {
        let document = json!({ "Version": "2012-10-17", "Statement": statement });
        let gains = Policy::of(&document, &Accounts::default()).gains(&Policy::default());
        gains[0].gravity
    }

    #[test]
    fn what_may_be_done_counts_for_a_holder() {
        let allow = |action: &str, resource: &str| json!({ "Effect": "Allow", "Action": action, "Resource": resource });
        for (action, resource, expected) in [
            ("*", "*", High),
            ("s3:*", "*", High),
            ("iam:PassRole", "*", High),
            ("iam:PassRole", "arn:aws:iam::111111111111:role/task", Middle),
            ("s3:*", "arn:aws:s3:::a/*", Middle),
            ("iam:ListRoles", "*", Middle),
            ("s3:GetObject", "*", Middle),
            ("s3:GetObject", "arn:aws:s3:::a/*", Low),
        ] {
            assert_eq!(gravity(&allow(action, resource)), expected, "{action} {resource}");
        }
    }

    #[test]
    fn who_gets_in_counts_for_a_resource() {
        let allow = |principal: Value| json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Principal": principal });
        assert_eq!(gravity(&allow(json!("*"))), High);
        assert_eq!(gravity(&allow(json!({ "AWS": "222222222222" }))), Middle);
        assert_eq!(gravity(&allow(json!({ "Service": "sns.amazonaws.com" }))), Low);
        let mut some = allow(json!("*"));
        some["Condition"] = json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1" } });
        assert_eq!(gravity(&some), Middle);
        assert_eq!(gravity(&json!({ "Effect": "Allow", "Odd": true })), High, "what cannot be read");
    }
}
