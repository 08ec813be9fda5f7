//! What a step leaves for the ones after it.

use ce_synth::Expr;

/// An output of an earlier step, for the inputs of a later one: `{{ Step.Output }}`.
pub fn output(step: &str, name: &str) -> Expr {
    Expr::text(format!("{{{{ {step}.{name} }}}}"))
}
