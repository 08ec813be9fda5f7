//! Values of one region that another keeps.

use ce_synth::value::Token;
use ce_synth::{Expr, NodeId, Parameter, Scope, Value};

/// A value as a stack of another region may hold it: every reference that crosses the border becomes a template
/// parameter, which the deployer fills once and CloudFormation keeps, so the stack can be changed while the other region
/// is down. A value that is known, or that comes from the stack's own region, stays as it is.
///
/// ```
/// use ce_cfn::sns;
/// use ce_constructs::resilience::kept;
/// use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// let app = App::new();
/// let topic = app.stack("Alerts", PROD).add("Oncall", sns::Topic::new());
/// let standby = app.stack("StandbyAlerts", PROD.in_region(Region::US_WEST_2));
/// standby.output("Primary", kept(standby, "PrimaryOncall", &topic.topic_arn()));
/// let assembly = app.synth()?;
/// assert_eq!(assembly.stack("StandbyAlerts").unwrap().kept_parameters()[0].stack, "Alerts");
/// # Ok::<(), ce_synth::Findings>(())
/// ```
///
/// The parameter is named like `id`, the second one of a value like `id2`. The same source is kept once by a scope.
#[track_caller]
pub fn kept<T>(scope: Scope<'_>, id: &str, value: &Value<T>) -> Value<T> {
    let mut keeper = Keeper { scope, id, known: Vec::new() };
    Value::from_expr(keeper.rewritten(value.expr()))
}

struct Keeper<'i, 'a> {
    scope: Scope<'a>,
    id: &'i str,
    known: Vec<(Token, Expr)>,
}

impl Keeper<'_, '_> {
    #[track_caller]
    fn rewritten(&mut self, expr: &Expr) -> Expr {
        match expr {
            Expr::List(items) => Expr::List(items.iter().map(|item| self.rewritten(item)).collect()),
            Expr::Object(entries) => {
                Expr::object(entries.iter().map(|(key, value)| (key.to_owned(), self.rewritten(value))))
            }
            Expr::Token(token) => match &**token {
                Token::Ref(node) | Token::Att(node, _) if self.is_elsewhere(*node) => self.parameter(token),
                Token::Call(function, argument) => Token::Call(*function, self.rewritten(argument)).into(),
                _ => expr.clone(),
            },
            _ => expr.clone(),
        }
    }

    #[track_caller]
    fn is_elsewhere(&self, node: NodeId) -> bool {
        let here = self.scope.region();
        self.scope.app().read(|tree| tree.environment(node)).is_some_and(|there| there.region != here)
    }

    #[track_caller]
    fn parameter(&mut self, token: &Token) -> Expr {
        if let Some((_, known)) = self.known.iter().find(|(source, _)| source == token) {
            return known.clone();
        }
        let number = self.known.len() + 1;
        let id = if number == 1 { self.id.to_owned() } else { format!("{}{number}", self.id) };
        let source = Value::<String>::from_expr(token.clone().into());
        let parameter = Parameter::text().description("kept from another region").kept_from(&source);
        let value = self.scope.parameter(&id, parameter).value::<String>().into_expr();
        self.known.push((token.clone(), value.clone()));
        value
    }
}
