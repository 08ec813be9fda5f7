//! The intrinsic functions and pseudo parameters, as functions.
//!
//! Those whose result may be of any type give an [`Expr`], which every property accepts.

use super::{Expr, Function, IntoValue, ListOf, Pseudo, Token, Value};
use crate::tree::NodeId;

fn call(function: Function, argument: Expr) -> Expr {
    Token::Call(function, argument).into()
}

fn pseudo<T>(which: Pseudo) -> Value<T> {
    Value::from_expr(Token::Pseudo(which).into())
}

/// `AWS::AccountId`: the account the stack is deployed to.
pub fn account_id() -> Value<String> {
    pseudo(Pseudo::AccountId)
}

/// `AWS::Region`: the region the stack is deployed to.
pub fn region() -> Value<String> {
    pseudo(Pseudo::Region)
}

/// `AWS::Partition`: `aws`, `aws-cn`, `aws-us-gov` …; for ARNs.
pub fn partition() -> Value<String> {
    pseudo(Pseudo::Partition)
}

/// `AWS::URLSuffix`: the domain of service endpoints, usually `amazonaws.com`.
pub fn url_suffix() -> Value<String> {
    pseudo(Pseudo::UrlSuffix)
}

/// `AWS::StackId`: the stack's ARN.
pub fn stack_id() -> Value<String> {
    pseudo(Pseudo::StackId)
}

/// `AWS::StackName`.
pub fn stack_name() -> Value<String> {
    pseudo(Pseudo::StackName)
}

/// `AWS::NotificationARNs`: the topics that stack events go to.
pub fn notification_arns() -> Value<ListOf<String>> {
    pseudo(Pseudo::NotificationArns)
}

/// `AWS::NoValue`: as if the property were not there; of use in [`if_`].
pub fn no_value() -> Expr {
    Token::Pseudo(Pseudo::NoValue).into()
}

/// `Fn::Base64`, for user data.
pub fn base64(text: impl IntoValue<String>) -> Value<String> {
    Value::from_expr(call(Function::Base64, text.into_value().into_expr()))
}

/// `Fn::Cidr`: `count` blocks of `host_bits` host bits (a /24 has 8) cut out of a block.
pub fn cidr_blocks(block: impl IntoValue<String>, count: u8, host_bits: u8) -> Value<ListOf<String>> {
    let argument = [block.into_value().into_expr(), i64::from(count).into(), i64::from(host_bits).into()];
    Value::from_expr(call(Function::Cidr, argument.into()))
}

/// `Fn::FindInMap`: the value under two keys of a mapping made with [`Scope::mapping`](crate::Scope::mapping).
pub fn find_in_map(map: NodeId, top: impl IntoValue<String>, second: impl IntoValue<String>) -> Expr {
    let keys = [top.into_value().into_expr(), second.into_value().into_expr()];
    let mut argument = vec![Expr::from(Token::LogicalId(map))];
    argument.extend(keys);
    call(Function::FindInMap, argument.into())
}

/// `Fn::GetAZs`: the zones of a region, as the account sees them. No order is promised.
pub fn get_azs(region: impl IntoValue<String>) -> Value<ListOf<String>> {
    Value::from_expr(call(Function::GetAzs, region.into_value().into_expr()))
}

/// `Fn::GetStackOutput`: an output of another stack of this account and region, resolved when the stack is created
/// or updated. References between stacks of one app become this by themselves.
pub fn get_stack_output(stack: impl IntoValue<String>, output: impl IntoValue<String>) -> Expr {
    let names = [("StackName", stack.into_value().into_expr()), ("OutputName", output.into_value().into_expr())];
    call(Function::GetStackOutput, Expr::object(names))
}

/// `Fn::If`: one of two values by a condition made with [`Scope::condition`](crate::Scope::condition).
pub fn if_<T>(condition: NodeId, then: impl IntoValue<T>, otherwise: impl IntoValue<T>) -> Value<T> {
    let branches = [then.into_value().into_expr(), otherwise.into_value().into_expr()];
    let mut argument = vec![Expr::from(Token::LogicalId(condition))];
    argument.extend(branches.map(|branch| if branch == Expr::Null { no_value() } else { branch }));
    Value::from_expr(call(Function::If, argument.into()))
}

/// `Fn::ImportValue`: an export of another stack in the same account and region.
pub fn import_value(export: impl IntoValue<String>) -> Expr {
    call(Function::ImportValue, export.into_value().into_expr())
}

/// `Fn::Join` of a list whose length is not known.
pub fn join_with(delimiter: &'static str, list: impl IntoValue<ListOf<String>>) -> Value<String> {
    let list = list.into_value().into_expr();
    Value::from_expr(call(Function::Join, [Expr::from(delimiter), list].into()))
}

/// Parts put together: neighbouring literals are merged, and nothing but literals gives a literal.
/// [`join!`](crate::join) is the short form.
pub fn joined(parts: impl IntoIterator<Item = Value<String>>) -> Value<String> {
    let mut merged: Vec<Expr> = Vec::new();
    for part in parts {
        match (merged.last_mut(), part.into_expr()) {
            (_, Expr::Null) => {}
            (Some(Expr::Text(before)), Expr::Text(next)) => before.to_mut().push_str(&next),
            (_, next) => merged.push(next),
        }
    }
    match merged.len() {
        0 => Value::from_expr("".into()),
        1 => Value::from_expr(merged.remove(0)),
        _ => Value::from_expr(call(Function::Join, [Expr::from(""), Expr::List(merged)].into())),
    }
}

/// Joins texts and values into one text: `join!["postgres://", endpoint, ":5432/orders"]`.
#[macro_export]
macro_rules! join {
    ($($part:expr),* $(,)?) => {
        $crate::value::joined([$($crate::value::IntoValue::<::std::string::String>::into_value($part)),*])
    };
}

/// `Fn::Length`: the number of elements. Adds the `AWS::LanguageExtensions` transform to the template.
pub fn length<T>(list: impl IntoValue<ListOf<T>>) -> Value<i64> {
    Value::from_expr(call(Function::Length, list.into_value().into_expr()))
}

/// `Fn::Select`: the element at `index`, counted from zero.
pub fn select<T>(index: u32, list: impl IntoValue<ListOf<T>>) -> Value<T> {
    let list = list.into_value().into_expr();
    Value::from_expr(call(Function::Select, [i64::from(index).into(), list].into()))
}

/// `Fn::Split`: a text cut at a delimiter.
pub fn split(delimiter: &'static str, text: impl IntoValue<String>) -> Value<ListOf<String>> {
    let text = text.into_value().into_expr();
    Value::from_expr(call(Function::Split, [Expr::from(delimiter), text].into()))
}

/// `Fn::Sub`: `${Name}` in the template is replaced by the variable of that name, `${AWS::Region}` and the like by
/// the pseudo parameter, `${!Literal}` by `${Literal}`.
pub fn sub<const N: usize>(template: &'static str, variables: [(&'static str, Value<String>); N]) -> Value<String> {
    let variables = variables.map(|(name, value)| (name, value.into_expr()));
    let argument =
        if variables.is_empty() { template.into() } else { Expr::list([template.into(), Expr::object(variables)]) };
    Value::from_expr(call(Function::Sub, argument))
}

/// `Fn::ToJsonString`: an object or list as JSON text. Adds the `AWS::LanguageExtensions` transform.
pub fn to_json_string(value: impl Into<Expr>) -> Value<String> {
    Value::from_expr(call(Function::ToJsonString, value.into()))
}

/// `Fn::Transform`: the result of a macro.
pub fn transform<const N: usize>(name: &'static str, parameters: [(&'static str, Expr); N]) -> Expr {
    let argument = [("Name", Expr::from(name)), ("Parameters", Expr::object(parameters))];
    call(Function::Transform, Expr::object(argument))
}
