//! Lists with too few, too many, or repeated items.

use super::{Problem, shown};
use crate::schema::Bounds;
use crate::value::Expr;

rule!(
    "CE0409",
    "a list has too few, too many or repeated items",
    "The type's schema gives the fewest and the most items, and says where no two may be equal."
);

pub(super) fn check(value: &Expr, bounds: &Bounds) -> Option<Problem> {
    let items = value.as_list()?;
    // A conditional item may turn out to be none or, in `Fn::If`, a whole list.
    let open = items.iter().any(|item| matches!(item, Expr::Token(token) if is_conditional(token)));
    let count = items.len() as u64;
    if let Some(least) = bounds.minimum_items.filter(|least| count < *least && !open) {
        return Some(Problem::new(format!("the list has {count} items"), format!("give at least {least}")));
    }
    if let Some(most) = bounds.maximum_items.filter(|most| count > *most && !open) {
        return Some(Problem::new(format!("the list has {count} items"), format!("give at most {most}")));
    }
    if !bounds.unique_items {
        return None;
    }
    let twice = items.iter().enumerate().find(|(place, item)| items[..*place].contains(item))?.1;
    Some(Problem::new(format!("`{}` stands twice in the list", shown(twice)), "take one of them out"))
}

fn is_conditional(token: &crate::value::Token) -> bool {
    use crate::value::{Function, Pseudo, Token};
    matches!(token, Token::Call(Function::If | Function::Transform, _) | Token::Pseudo(Pseudo::NoValue))
}
