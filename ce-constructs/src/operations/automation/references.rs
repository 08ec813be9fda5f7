//! What steps use of parameters and of earlier steps.

use ce_synth::Expr;
use ce_synth::value::Token;

/// The names between double braces in every text of a value, `Count` and `Describe.Count`.
pub(super) fn collect(value: &Expr, found: &mut Vec<String>) {
    match value {
        Expr::Text(text) => found.extend(names(text)),
        Expr::List(items) => items.iter().for_each(|item| collect(item, found)),
        Expr::Object(map) => map.iter().for_each(|(_, item)| collect(item, found)),
        Expr::Token(token) => {
            if let Token::Call(_, argument) = &**token {
                collect(argument, found);
            }
        }
        _ => {}
    }
}

fn names(text: &str) -> impl Iterator<Item = String> {
    text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_read() {
        let inner = Expr::list([Expr::from("a {{Count}} b {{ Describe.Status }}"), Expr::from("{{ open")]);
        let value =
            Expr::object([("A", inner), ("B", ce_synth::join!["{{ Joined }}", ce_synth::value::region()].into_expr())]);
        let mut found = Vec::new();
        collect(&value, &mut found);
        assert_eq!(found, ["Count", "Describe.Status", "Joined"]);
    }
}
