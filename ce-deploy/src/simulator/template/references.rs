//! What an expression points to.

use std::collections::BTreeSet;

use super::{Expression, Function, Piece};

/// Something an expression points to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::simulator) enum Target {
    /// By `Ref`: a parameter or a resource.
    Named(String),
    /// An attribute of a resource.
    Attribute(String, String),
    /// A condition.
    Condition(String),
}

/// All that an expression points to.
pub(super) fn targets(expression: &Expression) -> BTreeSet<Target> {
    let mut found = BTreeSet::new();
    expression.each_function(&mut |function| match function {
        Function::Ref(name) => {
            found.insert(Target::Named(name.clone()));
        }
        Function::GetAtt(resource, attribute) => {
            found.insert(Target::Attribute(resource.clone(), attribute.clone()));
        }
        Function::Condition(name) | Function::If(name, ..) => {
            found.insert(Target::Condition(name.clone()));
        }
        Function::Sub(pieces, variables) => found.extend(of_pieces(pieces, variables)),
        _ => {}
    });
    found
}

fn of_pieces(pieces: &[Piece], variables: &[(String, Expression)]) -> Vec<Target> {
    let is_variable = |name: &str| variables.iter().any(|(variable, _)| variable == name);
    let of_piece = |piece: &Piece| match piece {
        Piece::Text(_) => None,
        Piece::Ref(name) => (!is_variable(name)).then(|| Target::Named(name.clone())),
        Piece::GetAtt(resource, attribute) => {
            let whole = format!("{resource}.{attribute}");
            (!is_variable(&whole)).then(|| Target::Attribute(resource.clone(), attribute.clone()))
        }
    };
    pieces.iter().filter_map(of_piece).collect()
}
