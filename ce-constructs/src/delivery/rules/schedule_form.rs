//! Times of schedules.

use ce_synth::{Code, Rule, Scope};

use crate::delivery::Workflow;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8506"),
    title: "a schedule is not one GitHub keeps",
    about: "It is minute, hour, day of the month, month and day of the week: numbers, `*`, lists, ranges and steps. It is of \
            UTC, and a run every five minutes is the most there is. Source: \
            https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule",
};

/// The first and last number of each field.
const FIELDS: [(u8, u8); 5] = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

#[track_caller]
pub(super) fn check(scope: Scope<'_>, workflow: &Workflow) {
    for cron in workflow.crons() {
        let fields: Vec<&str> = cron.split_whitespace().collect();
        let right =
            fields.len() == FIELDS.len() && fields.iter().zip(FIELDS).all(|(field, bounds)| is_field(field, bounds));
        if !right {
            let finding = scope.error(RULE.code, format!("`{cron}` is no time of a schedule"));
            finding.help("write minute, hour, day, month and day of the week: `30 4 * * 1`");
        }
    }
}

fn is_field(field: &str, bounds: (u8, u8)) -> bool {
    let number = |text: &str| text.parse::<u8>().is_ok_and(|number| (bounds.0..=bounds.1).contains(&number));
    field.split(',').all(|item| {
        let (range, step) = item.split_once('/').map_or((item, None), |(range, step)| (range, Some(step)));
        let range = match range.split_once('-') {
            Some((first, last)) => number(first) && number(last),
            None => range == "*" || number(range),
        };
        range && step.is_none_or(|step| step.parse::<u8>().is_ok_and(|step| step > 0 && step <= bounds.1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_apart() {
        let fits = |field: &str| is_field(field, (0, 59));
        assert!(["*", "0", "59", "*/15", "1-5", "0,30", "10-50/10"].into_iter().all(fits));
        assert!(!["", "60", "?", "a", "1-", "*/0", "1,,2", "-1"].into_iter().any(fits));
    }
}
