//! A value of a template, with its functions.

use serde_json::Value;

/// A value of a template.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::simulator) enum Expression {
    /// A value without functions.
    Literal(Value),
    /// A list with functions in it.
    List(Vec<Expression>),
    /// An object with functions in it.
    Object(Vec<(String, Expression)>),
    /// A function.
    Call(Box<Function>),
}

/// A function. Source: user guide, "Intrinsic function reference".
#[derive(Clone, PartialEq, Debug)]
pub(in crate::simulator) enum Function {
    /// `Ref`.
    Ref(String),
    /// `Fn::GetAtt`.
    GetAtt(String, String),
    /// `Fn::Sub`: its pieces and its own variables.
    Sub(Vec<Piece>, Vec<(String, Expression)>),
    /// `Fn::Join`.
    Join(String, Expression),
    /// `Fn::Select`.
    Select(Expression, Expression),
    /// `Fn::Split`.
    Split(String, Expression),
    /// `Fn::FindInMap`: map, two keys, and what holds when they lead nowhere.
    FindInMap([Expression; 3], Option<Expression>),
    /// `Fn::If`.
    If(String, Expression, Expression),
    /// `Fn::ImportValue`.
    ImportValue(Expression),
    /// `Fn::GetStackOutput`: members by name.
    GetStackOutput(Vec<(String, Expression)>),
    /// `Fn::GetAZs`.
    GetAzs(Expression),
    /// `Fn::Cidr`: block, count, bits of each.
    Cidr(Expression, Expression, Option<Expression>),
    /// `Fn::Base64`.
    Base64(Expression),
    /// `Fn::Length`.
    Length(Expression),
    /// `Fn::ToJsonString`.
    ToJsonString(Expression),
    /// `Fn::Equals`.
    Equals(Expression, Expression),
    /// `Fn::And`.
    And(Vec<Expression>),
    /// `Fn::Or`.
    Or(Vec<Expression>),
    /// `Fn::Not`.
    Not(Expression),
    /// `Condition`.
    Condition(String),
}

/// A piece of the text of an `Fn::Sub`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::simulator) enum Piece {
    /// As it stands.
    Text(String),
    /// A parameter, a resource or a variable of the function.
    Ref(String),
    /// An attribute.
    GetAtt(String, String),
}

impl Expression {
    /// Calls a function with every function in here, the outer before the inner.
    pub(super) fn each_function<'a>(&'a self, tell: &mut dyn FnMut(&'a Function)) {
        match self {
            Self::Literal(_) => {}
            Self::List(items) => items.iter().for_each(|item| item.each_function(tell)),
            Self::Object(members) => members.iter().for_each(|(_, member)| member.each_function(tell)),
            Self::Call(function) => {
                tell(function);
                function.arguments().into_iter().for_each(|argument| argument.each_function(tell));
            }
        }
    }
}

impl Function {
    fn arguments(&self) -> Vec<&Expression> {
        match self {
            Self::Ref(_) | Self::GetAtt(..) | Self::Condition(_) => vec![],
            Self::Sub(_, members) | Self::GetStackOutput(members) => members.iter().map(|(_, value)| value).collect(),
            Self::Join(_, one) | Self::Split(_, one) => vec![one],
            Self::Select(one, two) | Self::If(_, one, two) | Self::Equals(one, two) => vec![one, two],
            Self::FindInMap(keys, default) => keys.iter().chain(default).collect(),
            Self::Cidr(block, count, bits) => [block, count].into_iter().chain(bits).collect(),
            Self::And(all) | Self::Or(all) => all.iter().collect(),
            Self::ImportValue(one)
            | Self::GetAzs(one)
            | Self::Base64(one)
            | Self::Length(one)
            | Self::ToJsonString(one)
            | Self::Not(one) => vec![one],
        }
    }
}
